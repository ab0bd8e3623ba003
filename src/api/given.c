/*
 * Noting what answers give.
 */
#include "api/given.h"

#include "store/audience.h"

void given_add(struct arena *a, const struct session *s, struct api_given *given,
               const struct log_entry *entry)
{
    if (entry->number == 0)
        return;
    *LIST_ADD(a, &given->entries) = *entry;
    given->has_red |= audience_holds_red(audience_get(s->store->audiences, entry->audience));
}

bool given_note(struct store *store, const struct api_given *given, int64_t actor)
{
    bool is_new = false;
    for (size_t i = 0; i < given->entries.count && actor; i++) {
        const struct log_entry *e = &given->entries.items[i];
        is_new |=
            receipts_add(store->receipts, actor, e->collection, RECEIPT_OBTAINED, &e->number, 1);
    }
    return is_new;
}
