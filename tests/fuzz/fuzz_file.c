/*
 * Any bytes as a file, and as its name: what is told of the bytes holds for them, a name that is
 * kept is kept again as it is, and what a browser is told of it is one line of plain ASCII (B26).
 */
#include "base/file_kind.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_kind(struct arena *a, str bytes)
{
    enum file_kind kind;
    if (file_kind_sniff(a, bytes, &kind))
        return;
    ASSERT(kind < FILE_KIND_COUNT && bytes.len > 0);
    if (kind == FILE_KIND_TEXT)
        ASSERT(utf8_find_fault(bytes) == bytes.len && str_find_char(bytes, '\0') == bytes.len);
}

static void check_name(struct arena *a, str name)
{
    str kept;
    str again;
    if (file_name_clean(a, name, &kept))
        return;
    ASSERT(kept.len > 0 && kept.len <= FILE_NAME_BYTES_MAX);
    ASSERT(utf8_find_fault(kept) == kept.len);
    ASSERT(str_find_char(kept, '/') == kept.len);
    ASSERT(file_name_clean(a, kept, &again) == NULL && str_eq(kept, again));
    str said = file_name_disposition(a, kept);
    for (size_t i = 0; i < said.len; i++)
        ASSERT(said.at[i] >= ' ' && said.at[i] < 0x7f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    OWNED(arena_done) struct arena a = {0};
    /* A copy without a byte behind it, so that reading past the end is seen. */
    char *copy = arena_take(&a, size);
    if (size)
        memcpy(copy, data, size);
    check_kind(&a, (str){copy, size});
    check_name(&a, (str){copy, size});
    return 0;
}
