/*
 * Libraries by dlopen.
 */
#include "base/library.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

static err check_all_there(struct arena *a, const struct library *library, void *handle)
{
    for (size_t i = 0; i < library->count; i++)
        if (dlsym(handle, library->names[i]) == NULL)
            return FAIL(a, ERR_INTERNAL, "%s lacks %s: it is not the library that tocsin knows",
                        library->file, library->names[i]);
    return NULL;
}

/* As bytes: to the compiler the members of the table are pointers to functions. */
static void fill(const struct library *library, void *handle, char *table)
{
    for (size_t i = 0; i < library->count; i++) {
        void *address = dlsym(handle, library->names[i]);
        memcpy(table + i * sizeof(address), &address, sizeof(address));
    }
}

err library_load(struct arena *a, const struct library *library, void *table)
{
    void *handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == NULL)
        return FAIL(a, ERR_INTERNAL, "%s cannot be loaded (%s); install the package that has %s",
                    library->what, dlerror(), library->file);
    err lacking = check_all_there(a, library, handle);
    if (!lacking)
        fill(library, handle, table);
    dlclose(handle); /* counted only: it stays */
    return lacking;
}

err library_load_shared(struct arena *a, const struct library *library, void *table)
{
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    void *first;
    pthread_mutex_lock(&lock);
    memcpy(&first, table, sizeof(first));
    err failure = first ? NULL : library_load(a, library, table);
    pthread_mutex_unlock(&lock);
    return failure;
}
