/*
 * What the console does to entries: withdrawing and purging; and who may see or has seen them (R2).
 */
#ifndef TOCSIN_SERVICE_ADMIN_ENTRIES_H
#define TOCSIN_SERVICE_ADMIN_ENTRIES_H

#include "service/admin.h"
#include "service/watch.h"

struct admin_withdrawal {
    str id; /* of the object */
    str as;
    str collection; /* by id, alias or title; empty: each in which it stands */
};

/*
 * As DELETE (L8): every version of the organization's own lineage that it may read, in collections
 * where it holds read and write. `*count` is how many entries were withdrawn.
 */
err admin_withdraw(struct arena *a, struct store *store, const struct admin_withdrawal *w,
                   size_t *count) MUST_USE;

/*
 * Removes the bytes of what was withdrawn, and files that nothing refers to any more, or, stopped,
 * nothing. ERR_BUSY: they are being backed up.
 */
struct admin_purged {
    uint64_t bodies;
    uint64_t held; /* bodies that stay, since a hold covers them (B27) */
    uint64_t files;
};
err admin_purge(struct arena *a, struct store *store, const struct watch *watch,
                struct admin_purged *out) MUST_USE;

/* Who asks about which object. Only its contributor and stewards are answered. */
struct admin_question {
    str id;
    str as;
    str reason;                  /* has-seen: names are asked for, and this goes on the record */
    const struct reader *reader; /* may-see: only of what they may read; NULL: of all of it */
};

/* An organization that may see some entry of the object. */
struct admin_viewer {
    str org_id; /* "anonymous": anyone */
    str name;
    str sector;
    bool is_by_name; /* only for people or tokens that its audience admits */
};
/* A sector of which this many organizations obtained it, or may; of fewer there is none. */
#define ADMIN_SECTOR_COUNT_MIN 5
struct admin_seen_sector {
    str sector;
    size_t count; /* at least ADMIN_SECTOR_COUNT_MIN */
};
struct admin_sectors {
    const struct admin_seen_sector *items;
    size_t count;
};
struct admin_viewers {
    struct admin_viewer *items;
    size_t count;
    size_t capacity;
    /* Of organizations that are not named, since a briefing's hosts invited them and whoever asks
     * hosts it not (B9). */
    struct admin_sectors unnamed;
    bool is_by_invitation; /* some may be not named */
};
err admin_may_see(struct arena *a, struct store *store, const struct admin_question *q,
                  struct admin_viewers *out) MUST_USE;
err admin_may_see_in(struct arena *a, struct session *s, const struct admin_question *q,
                     struct admin_viewers *out) MUST_USE;

/* For RED and AMBER+STRICT, with a reason. */
struct admin_seen_by {
    str org_id;
    str name;
    str person; /* e-mail or token id; RED only */
};
struct admin_seen {
    struct admin_sectors sectors;
    struct admin_seen_by *names;
    size_t name_count;
};
/* ERR_FORBIDDEN where a reason is given for what is neither RED nor AMBER+STRICT. */
err admin_has_seen(struct arena *a, struct store *store, const struct admin_question *q,
                   struct admin_seen *out) MUST_USE;

#endif
