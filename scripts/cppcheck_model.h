/*
 * For cppcheck alone, appended to its copy of base/error.h: our macros in a form that it reads.
 */
#undef LIST_ADD
#undef FAIL
#undef WRAP
#undef TRY
#undef OWNED
#undef MUST_USE
#define LIST_ADD(a, list) list_add(list)
#define FAIL(a, ...) failed(__VA_ARGS__)
#define WRAP(a, ...) failed(__VA_ARGS__)
#define TRY(call)       \
    if ((call) != NULL) \
    return failed()
#define OWNED(fn)
#define MUST_USE
