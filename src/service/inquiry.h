/*
 * Asking who has been given an object (R2), inside service/: which of its entries somebody may ask
 * about, and whose receipts say what.
 */
#ifndef TOCSIN_SERVICE_INQUIRY_H
#define TOCSIN_SERVICE_INQUIRY_H

#include "service/admin_entries.h"
#include "stix/vocab.h"
#include "store/log.h"
#include "store/looks.h"

struct inquiry {
    const struct policy_org *org; /* in whose name */
    const struct policy_org
        *asker;                 /* whose people ask; the same, unless that is a group of theirs */
    struct log_entries entries; /* live ones that may be asked about, by collection and audience */
};

/* ERR_NOT_FOUND: there is nothing about which this one may ask. */
err inquiry_open(struct arena *a, struct session *s, const struct admin_question *q,
                 struct inquiry *out) MUST_USE;

/* Whether it is the organization itself, or a group that it owns with others (B7). */
bool inquiry_acts_for(const struct policy_org *org, int64_t contributor);

/* In whose name the reader may ask about what this contributor gave: their organization's, or that
 * of a group it owns; NULL: not at all. */
const struct policy_org *inquiry_as(const struct session *s, const struct reader *r,
                                    int64_t contributor);

/* The question that the reader may ask about what they find under this id; ERR_NOT_FOUND. */
err inquiry_question(struct arena *a, struct session *s, const struct reader *r, str id,
                     struct admin_question *out) MUST_USE;

/*
 * Leaves what names are told of: RED, AMBER+STRICT, and versions that were corrected. ERR_FORBIDDEN
 * with the rule where that is nothing. `*of_people`: all of it is RED.
 */
err inquiry_keep_nameable(struct arena *a, struct session *s, struct inquiry *in, str id,
                          bool *of_people) MUST_USE;

/* Who was given what of it, by actor, as far as is written; of what is not RED without those whose
 * own it is. */
err inquiry_holders(struct arena *a, struct session *s, const struct inquiry *in,
                    struct look_holders *out) MUST_USE;

/*
 * Whether the hosts of a briefing, which `org` does not host, decided by inviting them who reads
 * what stands under this audience: a clause of it is the hosts' group's. To whom else they were
 * invited is for hosts (B9).
 */
bool inquiry_is_by_invitation(const struct session *s, uint32_t audience,
                              const struct policy_org *org);

/* Whether it is one of those hosts. */
bool inquiry_is_host(const struct session *s, uint32_t audience, const struct policy_org *org);

/* Organizations counted by sector, each once. */
struct inquiry_tally {
    size_t totals[SECTOR_COUNT];
};
void inquiry_tally_add(struct inquiry_tally *tally, const struct policy_org *org);
/*
 * Of fewer than ADMIN_SECTOR_COUNT_MIN nothing is told, not even that there are some: where a
 * sector has one member, that would be its name.
 */
struct admin_sectors inquiry_tally_read(struct arena *a, const struct inquiry_tally *tally);

/* Their organizations, counted by sector. */
void inquiry_count(struct arena *a, const struct session *s, const struct look_holders *holders,
                   struct admin_seen *out);
/* Their names, as far as they are for who asks; in `a`. */
struct inquiry_naming {
    int64_t org; /* in whose name it is asked */
    bool of_people;
};
err inquiry_name(struct arena *a, struct session *s, const struct look_holders *holders,
                 const struct inquiry_naming *naming, struct admin_seen *out) MUST_USE;

#endif
