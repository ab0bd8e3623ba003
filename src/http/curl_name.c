/*
 * Run when tocsin is configured: prints the name by which libcurl is loaded, as in
 * "libcurl-gnutls.so.4". Not part of the program.
 */
#define _GNU_SOURCE
#include <curl/curl.h>
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

int main(void)
{
    Dl_info where;
    const char *linked = curl_version(); /* else a linker may leave the library out */
    void *function = dlsym(RTLD_DEFAULT, "curl_version");
    if (linked == NULL || function == NULL || dladdr(function, &where) == 0)
        return 1;
    const char *slash = strrchr(where.dli_fname, '/');
    puts(slash ? slash + 1 : where.dli_fname);
    return 0;
}
