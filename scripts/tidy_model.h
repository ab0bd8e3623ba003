/*
 * For clang-tidy alone, which includes it before each file: what its analyzer cannot see, that a
 * made error is never NULL.
 */
#include "base/error.h"
#include "base/file.h"

#define ERROR_IS_MADE(call)          \
    __extension__({                  \
        err made_ = (call);          \
        if (made_ == NULL)           \
            __builtin_unreachable(); \
        made_;                       \
    })
#define error_make(...) ERROR_IS_MADE((error_make)(__VA_ARGS__))
#define file_fail(...) ERROR_IS_MADE((file_fail)(__VA_ARGS__))
