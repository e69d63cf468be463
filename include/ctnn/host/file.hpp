// SPDX-License-Identifier: BSL-1.0
/// \file Writing a file so that it is there whole or not at all.
#pragma once
#include <ctnn/host/result.hpp>

#include <concepts>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <string>
#include <system_error>

namespace ctnn::inline CTNN_ABI {

/// Lets \p write put text into a stream, and the stream's content into the file; missing folders are made.
///
/// The text goes to a file beside it first (`name.part`), which is renamed at the end: a full disk, an error of write's
/// or the end of the program leaves what was there before as it was.
///
/// \param write  takes a std::ostream&; returns nothing, or a result<>
/// \errors  a failure that names the file or folder: it cannot be created, or not written to its end; or write's own
/// \example examples/digits.cpp
template <std::invocable<std::ostream&> Write> result<> write_file(std::filesystem::path const& file, Write&& write) {
  std::error_code error;
  if (auto const folder = file.parent_path(); !folder.empty()) {
    std::filesystem::create_directories(folder, error);
    if (error) return failure{"cannot create the folder " + folder.string() + ": " + error.message()};
  }
  if (std::filesystem::is_directory(file, error)) return failure{"cannot write " + file.string() + ": it is a folder"};

  auto part = file;
  part += ".part";
  auto const give_up = [&](std::string why) {
    std::filesystem::remove(part, error);
    return failure{std::move(why)};
  };

  std::ofstream stream{part, std::ios::binary | std::ios::trunc};
  if (!stream) return failure{"cannot write " + part.string() + ": the file cannot be created"};
  if constexpr (std::is_void_v<std::invoke_result_t<Write, std::ostream&>>) {
    write(stream);
  } else {
    if (result<> written = write(stream); !written) return give_up(written.error());
  }
  stream.close();
  if (!stream) return give_up("cannot write " + file.string() + " to its end; is the disk full?");
  std::filesystem::rename(part, file, error);
  if (error) return give_up("cannot write " + file.string() + ": " + error.message());
  return {};
}

}  // namespace ctnn::inline CTNN_ABI
