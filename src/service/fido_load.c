/*
 * Loading libfido2.
 */
#include "service/fido_load.h"

#include "base/library.h"
#include "base/num.h"

err fido_load(struct arena *a, const struct fido_library **out)
{
#define FIDO_NAME(function) #function,
    static const char *const names[] = {FIDO_FUNCTIONS(FIDO_NAME)};
#undef FIDO_NAME
    static struct fido_library library;
    TRY(library_load_shared(a,
                            &(struct library){FIDO_LIBRARY_NAME, "libfido2, which checks passkeys,",
                                              names, COUNT_OF(names)},
                            &library));
    library.fido_init(0);
    *out = &library;
    return NULL;
}
