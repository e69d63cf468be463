// SPDX-License-Identifier: BSL-1.0
/// \file Tables of numbers from text with separated values.
#pragma once
#include <ctnn/host/csv_cell.hpp>
#include <ctnn/host/result.hpp>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <istream>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace ctnn::inline CTNN_ABI {

/// What a file must look like. There is no guessing: a file that looks otherwise is refused.
struct csv_format {
  std::vector<csv_column> columns;
  char separator = ',';
  bool header = false;                ///< the first line names the columns, and is skipped
  std::size_t most_rows = 1'000'000;  ///< a guard against files that are something else
};

/// Rows of numbers.
class csv_table {
public:
  csv_table(std::size_t columns, std::vector<double> cells) : columns_{columns}, cells_{std::move(cells)} {}

  [[nodiscard]] std::size_t columns() const noexcept { return columns_; }
  [[nodiscard]] std::size_t rows() const noexcept { return cells_.size() / columns_; }
  [[nodiscard]] std::span<double const> row(std::size_t r) const { return {cells_.data() + r * columns_, columns_}; }

private:
  std::size_t columns_;
  std::vector<double> cells_;
};

namespace detail {

/// The longest line that is read; also what bounds the memory that a file without line ends can take.
inline constexpr std::size_t longest_csv_line = 65'536;

/// Appends a line's values to cells, or says what is wrong with it.
inline result<> read_csv_line(std::string_view line, csv_format const& format, std::vector<double>& cells) {
  auto const columns = format.columns.size();
  std::size_t given = 1;
  for (char const c : line) given += c == format.separator ? 1U : 0U;
  if (given != columns)
    return failure{"expected " + std::to_string(columns) + (columns == 1 ? " value" : " values") + ", found " +
                   std::to_string(given)};
  for (std::size_t i = 0; i < columns; ++i) {
    auto const end = line.find(format.separator);
    auto const cell = read_csv_cell(line.substr(0, end), format.columns[i]);
    if (!cell) {
      auto const& name = format.columns[i].name;
      return failure{"column " + std::to_string(i + 1) + (name.empty() ? "" : " (" + name + ")") + ": " + cell.error()};
    }
    cells.push_back(cell.value());
    line.remove_prefix(end == line.npos ? line.size() : end + 1);
  }
  return {};
}

}  // namespace detail

/// Reads a table from a stream to its end. Lines may end in LF or CR LF; empty lines are passed over.
/// \param name  what to call the stream in messages
/// \errors  a failure `name:line: column 3 (width): expected a number from 0 to 10, found "abc"`, or the like for a row
///          that is too short or too long, a line of more than 65,536 bytes, too many rows, none, a broken stream
inline result<csv_table> read_csv(std::istream& stream, std::string const& name, csv_format const& format) {
  if (format.columns.empty()) return failure{name + ": the format says that there are no columns"};
  std::vector<double> cells;
  std::string buffer(detail::longest_csv_line + 1, '\0');
  std::size_t rows = 0;
  bool header = format.header;
  for (std::size_t line_number = 1;; ++line_number) {
    auto const fail = [&](std::string const& why) {
      return failure{name + ":" + std::to_string(line_number) + ": " + why};
    };
    stream.getline(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    if (stream.bad()) return fail("the file cannot be read any further");
    auto length = static_cast<std::size_t>(stream.gcount());
    if (stream.eof() && length == 0) break;
    if (stream.fail()) return fail("the line is longer than 65,536 bytes; is this a table?");
    if (!stream.eof()) --length;  // the line end, which was counted and not stored

    std::string_view line{buffer.data(), length};
    if (line_number == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);  // byte order mark
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty()) continue;
    if (std::exchange(header, false)) continue;
    if (rows++ == format.most_rows)
      return fail("there are more than " + std::to_string(format.most_rows) + " rows; is this the right file?");
    if (auto const read = detail::read_csv_line(line, format, cells); !read) return fail(read.error());
  }
  if (rows == 0) return failure{name + ": expected at least one row, found none"};
  return csv_table{format.columns.size(), std::move(cells)};
}

/// Reads a table from a file.
/// \errors  as above, and a file that cannot be opened
/// \example examples/digits.cpp
inline result<csv_table> read_csv(std::filesystem::path const& file, csv_format const& format) {
  auto const name = file.string();
  std::error_code error;
  auto const status = std::filesystem::status(file, error);
  if (!std::filesystem::exists(status)) return failure{"cannot read " + name + ": there is no such file"};
  if (std::filesystem::is_directory(status)) return failure{"cannot read " + name + ": it is a folder"};
  std::ifstream stream{file, std::ios::binary};
  if (!stream) return failure{"cannot read " + name + ": the file cannot be opened"};
  return read_csv(stream, name, format);
}

}  // namespace ctnn::inline CTNN_ABI
