/*
 * Runs one fuzz target over the files of the folders it is given, so that the corpus, with every
 * fault once found, is checked in each test run without a fuzzer.
 */
#include "base/file.h"
#include "base/log.h"

#include <dirent.h>

#define INPUT_BYTES_MAX ((size_t)16 * 1024 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static err replay_file(struct arena *a, str path)
{
    str content;
    TRY(file_read(a, path, INPUT_BYTES_MAX, &content));
    LLVMFuzzerTestOneInput((const uint8_t *)content.at, content.len);
    return NULL;
}

static err replay_folder(struct arena *a, str folder, size_t *count)
{
    DIR *entries = opendir(folder.at);
    if (entries == NULL)
        return FAIL(a, ERR_NOT_FOUND, "there is no folder %.*s", STR_ARG(folder));
    err failure = NULL;
    for (struct dirent *entry = readdir(entries); entry && !failure; entry = readdir(entries)) {
        str name = str_of(entry->d_name);
        if (str_starts(name, LIT(".")))
            continue;
        failure = replay_file(a, arena_join(a, folder, LIT("/"), name));
        (*count)++;
    }
    closedir(entries);
    return failure;
}

int main(int argc, char **argv)
{
    OWNED(arena_done)
    struct arena a = {0};
    size_t count = 0;
    for (int i = 1; i < argc; i++) {
        err failure = replay_folder(&a, str_of(argv[i]), &count);
        if (failure) {
            str text = error_text(&a, failure);
            LOG_ERROR("%.*s", STR_ARG(text));
            return 1;
        }
    }
    LOG_INFO("%zu inputs were replayed", count);
    return count ? 0 : 1; /* a folder without inputs proves nothing */
}
