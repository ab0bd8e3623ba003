/*
 * Any bytes as a time zone file: reading ends, and what it takes answers for any time.
 */
#include "base/clock.h"
#include "base/num.h"
#include "base/zone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int64_t DAYS[] = {-200000, -40000, -1, 0, 20000, 24837, 24838, 80000, 2000000};
    OWNED(arena_done)
    struct arena a = {0};
    /* A copy without a byte behind it, so that reading past the end is seen. */
    char *copy = arena_take(&a, size);
    if (size)
        memcpy(copy, data, size);
    const struct zone *z = NULL;
    if (zone_read(&a, LIT("Any/Zone"), (str){copy, size}, &z))
        return 0;
    for (size_t i = 0; i < COUNT_OF(DAYS); i++) {
        int64_t time_us = DAYS[i] * US_PER_DAY;
        int64_t found_us;
        struct zone_change change;
        if (zone_to_utc(z, time_us, &found_us) != ZONE_SKIPPED)
            ASSERT(zone_to_local(z, found_us) == time_us);
        if (zone_next_change(z, time_us, &change))
            ASSERT(change.time_us > time_us);
        if (zone_last_change(z, time_us, &change))
            ASSERT(change.time_us <= time_us);
    }
    return 0;
}
