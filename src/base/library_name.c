/*
 * Run when tocsin is configured, linked with a library and with one of its functions as FUNCTION:
 * prints the name by which that library is loaded, as in "libcurl-gnutls.so.4". Not part of the
 * program.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

#ifndef FUNCTION
#define FUNCTION function_of_a_library /* for whoever reads this file by itself */
#endif
#define TEXT_OF(name) #name
#define NAME_OF(name) TEXT_OF(name)

extern int FUNCTION(void);

int main(void)
{
    Dl_info where;
    int (*volatile linked)(void) = FUNCTION; /* else a linker may leave the library out */
    void *function = dlsym(RTLD_DEFAULT, NAME_OF(FUNCTION));
    if (linked == NULL || function == NULL || dladdr(function, &where) == 0)
        return 1;
    const char *slash = strrchr(where.dli_fname, '/');
    puts(slash ? slash + 1 : where.dli_fname);
    return 0;
}
