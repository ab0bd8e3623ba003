/*
 * Loading libfido2.
 */
#include "service/fido_load.h"

#include "base/library.h"
#include "base/num.h"

#include <pthread.h>

static err find_functions(struct arena *a, struct fido_library *out)
{
#define FIDO_NAME(function) #function,
    static const char *const names[] = {FIDO_FUNCTIONS(FIDO_NAME)};
#undef FIDO_NAME
    uintptr_t found[COUNT_OF(names)];
    TRY(library_load(a,
                     &(struct library){FIDO_LIBRARY_NAME, "libfido2, which checks passkeys,", names,
                                       COUNT_OF(names)},
                     found));
    const uintptr_t *next = found;
#define FIDO_SET(function) out->function = (__typeof__(out->function))*next++;
    FIDO_FUNCTIONS(FIDO_SET)
#undef FIDO_SET
    out->fido_init(0);
    return NULL;
}

err fido_load(struct arena *a, const struct fido_library **out)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static struct fido_library library;
    static bool is_found;
    pthread_mutex_lock(&lock);
    err failure = is_found ? NULL : find_functions(a, &library);
    is_found = failure == NULL;
    pthread_mutex_unlock(&lock);
    *out = &library;
    return failure;
}
