// SPDX-License-Identifier: BSL-1.0
/// \file Files are written whole or not at all.
#include <ctnn/host/file.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <ostream>
#include <random>
#include <string>
#include <support/catch.hpp>

namespace {

namespace fs = std::filesystem;

/// A folder of its own, since tests run side by side.
class temporary_folder {
public:
  temporary_folder() : path_{fs::temp_directory_path() / ("ctnn_file_test_" + std::to_string(std::random_device{}()))} {
    fs::create_directories(path_);
  }
  temporary_folder(temporary_folder const&) = delete;
  temporary_folder& operator=(temporary_folder const&) = delete;
  ~temporary_folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  [[nodiscard]] fs::path const& path() const { return path_; }

private:
  fs::path path_;
};

std::string content(fs::path const& file) {
  std::ifstream stream{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{stream}, {}};
}

std::ptrdiff_t files_in(fs::path const& folder) { return std::distance(fs::directory_iterator{folder}, {}); }

}  // namespace

TEST_CASE("file is written whole, in folders that are made for it", "[host][file]") {
  temporary_folder const folder;
  auto const file = folder.path() / "a" / "b" / "c.txt";
  REQUIRE(ctnn::write_file(file, [](std::ostream& out) { out << "one\n"; }));
  CHECK(content(file) == "one\n");
  REQUIRE(ctnn::write_file(file, [](std::ostream& out) -> ctnn::result<> {
    out << "two\n";
    return {};
  }));
  CHECK(content(file) == "two\n");
  CHECK(files_in(file.parent_path()) == 1);
}

TEST_CASE("file stays as it was if writing fails", "[host][file]") {
  temporary_folder const folder;
  auto const file = folder.path() / "c.txt";
  REQUIRE(ctnn::write_file(file, [](std::ostream& out) { out << "good"; }));
  auto const refused = ctnn::write_file(file, [](std::ostream& out) -> ctnn::result<> {
    out << "half of i";
    return ctnn::failure{"no more ideas"};
  });
  CHECK(refused.error() == "no more ideas");
  auto const broken = ctnn::write_file(file, [](std::ostream& out) { out.setstate(std::ios::failbit); });
  CHECK(broken.error() == "cannot write " + file.string() + " to its end; is the disk full?");
  CHECK(content(file) == "good");
  CHECK(files_in(folder.path()) == 1);
}

TEST_CASE("file says what cannot be written", "[host][file]") {
  temporary_folder const folder;
  auto const nothing = [](std::ostream&) {};
  auto const file = folder.path() / "c.txt";
  REQUIRE(ctnn::write_file(file, nothing));
  CHECK(ctnn::write_file(folder.path(), nothing).error() ==
        "cannot write " + folder.path().string() + ": it is a folder");
  CHECK(ctnn::write_file(file / "d.txt", nothing).error().starts_with("cannot create the folder " + file.string()));
}
