/*
 * Removing files.
 */
#include "service/file_upkeep.h"

#include "base/map.h"

err file_upkeep_note(struct arena *a, struct session *s, struct files_names *dropped)
{
    struct files_uses uses = {0};
    struct map settled; /* artifacts that are live, or whose room was given back */
    map_init(&settled, a);
    TRY(files_used(a, s, &uses));
    for (size_t i = 0; i < uses.count; i++) {
        if (!uses.items[i].is_dropped)
            map_put(&settled, uses.items[i].artifact, &uses.items[i]);
    }
    for (size_t i = 0; i < uses.count; i++) {
        const struct files_use *use = &uses.items[i];
        if (!use->is_dropped)
            continue;
        *LIST_ADD(a, dropped) = use->digest;
        if (map_put_new(&settled, use->artifact, &uses.items[i]) == use)
            TRY(files_take_room(a, s, use->organization, -use->bytes));
    }
    return NULL;
}

err file_upkeep_sweep(struct arena *a, struct store *store, const struct files_names *dropped,
                      uint64_t *removed)
{
    OWNED(session_done) struct session s = {0};
    TRY(session_write(a, store, &s));
    TRY(files_sweep(a, &s, dropped, removed));
    TRY(files_forget_unused(a, &s));
    return session_commit(a, &s);
}

err file_upkeep_begin(struct arena *a, struct store *store)
{
    OWNED(files_unlock) int lock = 0;
    const struct files_names nothing = {0};
    uint64_t removed;
    err busy = files_lock(a, store, true, &lock);
    if (busy || lock == 0) /* no file was ever kept */
        return busy && busy->code != ERR_BUSY ? busy : NULL;
    return file_upkeep_sweep(a, store, &nothing, &removed);
}
