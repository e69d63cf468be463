# SPDX-License-Identifier: BSL-1.0
# Warnings as errors for this project's own targets. They are never part of what ctnn::ctnn exports.
set(ctnn_warning_flags -Wall -Wextra -Wconversion -Wshadow -Wundef -Werror)

function(ctnn_warnings target)
  target_compile_options(${target} PRIVATE ${ctnn_warning_flags})
endfunction()
