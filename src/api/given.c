/*
 * Noting what answers give.
 */
#include "api/given.h"

#include "store/audience.h"

#define NOTED_AT_ONCE 256

void given_add(struct arena *a, const struct session *s, struct api_given *given,
               const struct log_entry *entry)
{
    if (entry->number == 0)
        return;
    *LIST_ADD(a, &given->entries) = *entry;
    given->has_red |= audience_holds_red(audience_get(s->store->audiences, entry->audience));
}

/* From one place on those of one collection, as many as are noted at once. */
static size_t gather(const struct log_entries *entries, size_t from,
                     uint32_t numbers[NOTED_AT_ONCE])
{
    size_t count = 0;
    for (size_t i = from; i < entries->count && count < NOTED_AT_ONCE; i++) {
        if (entries->items[i].collection != entries->items[from].collection)
            break;
        numbers[count++] = entries->items[i].number;
    }
    return count;
}

bool given_note(struct store *store, const struct api_given *given, int64_t actor)
{
    uint32_t numbers[NOTED_AT_ONCE];
    bool is_new = false;
    for (size_t i = 0; i < given->entries.count && actor;) {
        size_t count = gather(&given->entries, i, numbers);
        is_new |= receipts_add(store->receipts, actor, given->entries.items[i].collection,
                               RECEIPT_OBTAINED, numbers, count);
        i += count;
    }
    if (given->opened.number && actor)
        is_new |= receipts_add(store->receipts, actor, given->opened.collection, RECEIPT_OPENED,
                               &given->opened.number, 1);
    return is_new;
}
