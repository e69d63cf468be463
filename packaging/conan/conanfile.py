# SPDX-License-Identifier: BSL-1.0
from pathlib import Path

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy


class CtnnConan(ConanFile):
    name = "ctnn"
    version = "@VERSION@"
    description = "Compile-time neural networks: header-only C++20"
    license = "BSL-1.0"
    url = "https://github.com/@REPOSITORY@"
    homepage = url
    topics = ("neural-network", "constexpr", "embedded", "header-only")
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    exports_sources = "include/*", "LICENSE"
    no_copy_source = True

    def validate(self):
        check_min_cppstd(self, 20)

    def package(self):
        source = Path(self.source_folder)
        package = Path(self.package_folder)
        copy(self, "*.hpp", source / "include", package / "include")
        copy(self, "LICENSE", source, package / "licenses")

    def package_id(self):
        self.info.clear()

    def package_info(self):
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
        # Part of correctness: without it a device may round otherwise than the compiler did.
        if self.settings.compiler in ("gcc", "clang", "apple-clang"):
            self.cpp_info.cxxflags = ["-ffp-contract=off"]
        self.cpp_info.set_property("cmake_file_name", "ctnn")
        self.cpp_info.set_property("cmake_target_name", "ctnn::ctnn")
