// SPDX-License-Identifier: BSL-1.0
/// \file Reading tables: what is accepted, and what each refusal says.
#include <ctnn/host/csv.hpp>

#include <sstream>
#include <string>
#include <support/catch.hpp>
#include <vector>

namespace {

using ctnn::csv_column;

ctnn::csv_format const flowers{.columns = {csv_column::number("length", 0, 10),
                                           csv_column::whole_number("count", -5, 5),
                                           csv_column::word("kind", {"rose", "tulip", "lily"})}};

ctnn::result<ctnn::csv_table> read(std::string const& text, ctnn::csv_format const& format = flowers) {
  std::istringstream stream{text};
  return ctnn::read_csv(stream, "file", format);
}

std::string error_of(std::string const& text, ctnn::csv_format const& format = flowers) {
  auto const table = read(text, format);
  return table ? "none" : table.error();
}

std::vector<double> row(ctnn::result<ctnn::csv_table> const& table, std::size_t r) {
  return {table.value().row(r).begin(), table.value().row(r).end()};
}

}  // namespace

TEST_CASE("csv reads what the format describes", "[host][csv]") {
  auto const table = read("1.5,3,tulip\n1e1,-5,lily\n");
  REQUIRE(table);
  CHECK(table.value().rows() == 2);
  CHECK(table.value().columns() == 3);
  CHECK(row(table, 0) == std::vector<double>{1.5, 3, 1});
  CHECK(row(table, 1) == std::vector<double>{10, -5, 2});
}

TEST_CASE("csv takes other line ends, blanks, empty lines and a missing last line end", "[host][csv]") {
  for (auto const* text : {"1,2,rose\n3,4,lily", "1,2,rose\r\n3,4,lily\r\n", " 1 ,\t2, rose \n\n3,4,lily\n\n",
                           "\xEF\xBB\xBF"
                           "1,2,rose\n3,4,lily\n"}) {
    auto const table = read(text);
    REQUIRE(table);
    REQUIRE(table.value().rows() == 2);
    CHECK(row(table, 0) == std::vector<double>{1, 2, 0});
    CHECK(row(table, 1) == std::vector<double>{3, 4, 2});
  }
}

TEST_CASE("csv skips one header, if told so, and splits at the separator that it is told", "[host][csv]") {
  auto format = flowers;
  format.header = true;
  format.separator = ';';
  auto const table = read("length;count;kind\n1;2;rose\n", format);
  REQUIRE(table);
  CHECK(table.value().rows() == 1);
  CHECK(error_of("length,count,kind\n") ==
        "file:1: column 1 (length): expected a number from 0 to 10, found \"length\"");
}

TEST_CASE("csv names file, line, column, what was expected and what was found", "[host][csv]") {
  CHECK(error_of("1,2,rose\n1,2\n") == "file:2: expected 3 values, found 2");
  CHECK(error_of("1,2,rose,4\n") == "file:1: expected 3 values, found 4");
  CHECK(error_of("1,2,rose,\n") == "file:1: expected 3 values, found 4");
  CHECK(error_of("\n\n10.01,2,rose\n") == "file:3: column 1 (length): expected a number from 0 to 10, found \"10.01\"");
  CHECK(error_of("1,2.5,rose\n") == "file:1: column 2 (count): expected a whole number from -5 to 5, found \"2.5\"");
  CHECK(error_of("1,2,oak\n") == "file:1: column 3 (kind): expected rose, tulip or lily, found \"oak\"");
  CHECK(error_of("1,,rose\n") == "file:1: column 2 (count): expected a whole number from -5 to 5, found nothing");
  auto const nameless = ctnn::csv_format{.columns = {csv_column::number("", 0, 1)}};
  CHECK(error_of("2\n", nameless) == "file:1: column 1: expected a number from 0 to 1, found \"2\"");
  CHECK(error_of("0,0\n", nameless) == "file:1: expected 1 value, found 2");
}

TEST_CASE("csv takes nothing for a number that is none", "[host][csv]") {
  for (auto const* cell : {"nan", "inf", "-inf", "0x1", "1e999", "1.2.3", "1 2", "+1", "1,", "-", ".", "one"})
    CHECK(error_of(std::string{cell} + ",2,rose\n") != "none");
}

TEST_CASE("csv quotes foreign text short and printable", "[host][csv]") {
  CHECK(error_of("a\x01\x80z,2,rose\n") == "file:1: column 1 (length): expected a number from 0 to 10, found \"a??z\"");
  // Appended, because GCC 12 warns falsely of an overlap where strings are added in one expression.
  std::string row(60, 'x'), error{"file:1: column 1 (length): expected a number from 0 to 10, found \""};
  row.append(",2,rose\n");
  error.append(40, 'x').append("...\"");
  CHECK(error_of(row) == error);
}

TEST_CASE("csv refuses what is too large or empty", "[host][csv]") {
  CHECK(error_of("") == "file: expected at least one row, found none");
  CHECK(error_of("\n\r\n\n") == "file: expected at least one row, found none");
  CHECK(error_of("1\n", {}) == "file: the format says that there are no columns");
  CHECK(error_of("1,2,rose\n" + std::string(70'000, '1')) ==
        "file:2: the line is longer than 65,536 bytes; is this a table?");
  auto format = flowers;
  format.most_rows = 2;
  CHECK(error_of("1,2,rose\n1,2,rose\n", format) == "none");
  CHECK(error_of("1,2,rose\n1,2,rose\n1,2,rose\n", format) ==
        "file:3: there are more than 2 rows; is this the right file?");
}

TEST_CASE("csv reads the longest line and refuses one byte more", "[host][csv]") {
  auto const format = ctnn::csv_format{.columns = {csv_column::number("x", 0, 1)}};
  std::string const line = '1' + std::string(65'535, ' ');
  CHECK(error_of(line, format) == "none");
  CHECK(error_of(line + '\n' + line + '\n', format) == "none");
  CHECK(error_of(line + " \n", format) == "file:1: the line is longer than 65,536 bytes; is this a table?");
}

TEST_CASE("csv says which file cannot be read", "[host][csv]") {
  auto const error = [](char const* file) { return ctnn::read_csv(std::filesystem::path{file}, flowers).error(); };
  CHECK(error("no/such/file.csv") == "cannot read no/such/file.csv: there is no such file");
  CHECK(error(".") == "cannot read .: it is a folder");
}

TEST_CASE("csv reports a stream that breaks", "[host][csv]") {
  std::istringstream stream{"1,2,rose\n"};
  stream.setstate(std::ios::badbit);
  CHECK(ctnn::read_csv(stream, "file", flowers).error() == "file:1: the file cannot be read any further");
}
