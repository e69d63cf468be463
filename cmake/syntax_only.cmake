# SPDX-License-Identifier: BSL-1.0
# Sets `variable` to the command that checks one source file against the library, as a target that links ctnn::ctnn
# would compile it, without output: for tests that are about what the compiler says.
function(ctnn_syntax_only_command variable)
  separate_arguments(flags NATIVE_COMMAND "${CMAKE_CXX_FLAGS}")
  # A folder that the compiler searches anyway must not be given: it would come too early for #include_next.
  set(system "$<FILTER:$<TARGET_PROPERTY:${ctnn_hana},INTERFACE_INCLUDE_DIRECTORIES>,EXCLUDE,^/usr/include$>")
  set(${variable}
      ${CMAKE_CXX_COMPILER} ${flags} -std=c++20 -ffp-contract=off -I${PROJECT_SOURCE_DIR}/include
      "$<$<BOOL:${system}>:-isystem$<JOIN:${system},$<SEMICOLON>-isystem>>" ${ctnn_warning_flags} -fsyntax-only
      PARENT_SCOPE)
endfunction()
