/*
 * Libraries by dlopen.
 */
#include "base/library.h"

#include <dlfcn.h>

static err check_all_there(struct arena *a, const struct library *library, void *handle)
{
    for (size_t i = 0; i < library->count; i++)
        if (dlsym(handle, library->names[i]) == NULL)
            return FAIL(a, ERR_INTERNAL, "%s lacks %s: it is not the library that tocsin knows",
                        library->file, library->names[i]);
    return NULL;
}

err library_load(struct arena *a, const struct library *library, uintptr_t *functions)
{
    void *handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (handle == NULL)
        return FAIL(a, ERR_INTERNAL, "%s cannot be loaded (%s); install the package that has %s",
                    library->what, dlerror(), library->file);
    err lacking = check_all_there(a, library, handle);
    for (size_t i = 0; !lacking && i < library->count; i++)
        functions[i] = (uintptr_t)dlsym(handle, library->names[i]);
    dlclose(handle); /* counted only: it stays */
    return lacking;
}
