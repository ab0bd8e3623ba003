/*
 * The policy in memory: looking things up, and sharing the one in force between sessions.
 */
#include "store/policy_slot.h"

#include <pthread.h>
#include <stdlib.h>

#include "store/held.h"

struct policy_slot {
    pthread_mutex_t lock;
    struct policy *current;
};

struct policy_slot *policy_slot_open(void)
{
    struct policy_slot *slot = calloc(1, sizeof(*slot));
    ASSERT(slot != NULL);
    pthread_mutex_init(&slot->lock, NULL);
    return slot;
}

void policy_slot_close(struct policy_slot *slot)
{
    if (slot == NULL)
        return;
    policy_release(slot->current);
    pthread_mutex_destroy(&slot->lock);
    free(slot);
}

void policy_release(struct policy *p)
{
    if (p == NULL || __atomic_sub_fetch(&p->holders, 1, __ATOMIC_ACQ_REL) > 0)
        return;
    held_close(p->held);
    arena_done(&p->arena);
    free(p);
}

struct policy *policy_retain(struct policy *p)
{
    __atomic_add_fetch(&p->holders, 1, __ATOMIC_RELAXED);
    return p;
}

static struct policy *current_if(struct policy_slot *slot, int64_t epoch, int64_t now_us)
{
    pthread_mutex_lock(&slot->lock);
    struct policy *p = slot->current;
    if (p && (p->epoch != epoch || now_us >= p->good_until_us))
        p = NULL;
    if (p)
        policy_retain(p);
    pthread_mutex_unlock(&slot->lock);
    return p;
}

/* An older snapshot never replaces a newer policy. */
static void share(struct policy_slot *slot, struct policy *p)
{
    pthread_mutex_lock(&slot->lock);
    struct policy *old = slot->current;
    if (old == NULL || old->epoch <= p->epoch) {
        policy_retain(p);
        slot->current = p;
    } else {
        old = NULL;
    }
    pthread_mutex_unlock(&slot->lock);
    policy_release(old);
}

err policy_acquire(struct arena *a, struct policy_slot *slot, struct db *db, int64_t epoch,
                   int64_t now_us, struct policy **out)
{
    struct policy *p = current_if(slot, epoch, now_us);
    if (p == NULL) {
        TRY(policy_load(a, db, epoch, now_us, &p));
        share(slot, p);
    }
    *out = p;
    return NULL;
}

/* Binary search over rows that begin with their number, ascending. */
#define FIND_BY_NUMBER(rows, count, number)                                            \
    do {                                                                               \
        size_t from_ = 0;                                                              \
        size_t to_ = (count);                                                          \
        while (from_ < to_) {                                                          \
            size_t middle_ = from_ + (to_ - from_) / 2;                                \
            if ((rows)[middle_].n < (number))                                          \
                from_ = middle_ + 1;                                                   \
            else                                                                       \
                to_ = middle_;                                                         \
        }                                                                              \
        return from_ < (count) && (rows)[from_].n == (number) ? &(rows)[from_] : NULL; \
    } while (0)

bool policy_is_over(int64_t end_us, int64_t now_us)
{
    return end_us && end_us <= now_us;
}

bool policy_token_is_good(const struct policy_token *t, int64_t now_us)
{
    return !t->is_revoked && !policy_is_over(t->expires_us, now_us);
}

const struct policy_org *policy_org(const struct policy *p, int64_t n)
{
    FIND_BY_NUMBER(p->orgs, p->org_count, n);
}

const struct policy_org *policy_org_by_id(const struct policy *p, str id)
{
    return map_get(&p->org_by_id, id);
}

const struct policy_person *policy_person(const struct policy *p, int64_t n)
{
    FIND_BY_NUMBER(p->people, p->person_count, n);
}

const struct policy_person *policy_person_by_email(const struct policy *p, str email)
{
    return map_get(&p->person_by_email, email);
}

const struct policy_affiliation *policy_affiliation(const struct policy_person *person, int64_t org)
{
    for (size_t i = 0; person && i < person->affiliation_count; i++) {
        if (person->affiliations[i].org == org)
            return &person->affiliations[i];
    }
    return NULL;
}

enum tlp policy_ceiling(const struct policy_person *person, const struct policy_org *org)
{
    const struct policy_affiliation *there = policy_affiliation(person, org->n);
    return there && there->ceiling < org->ceiling ? there->ceiling : org->ceiling;
}

bool policy_is_provisional(const struct policy_person *person, int64_t org)
{
    const struct policy_affiliation *there = policy_affiliation(person, org);
    return there && there->ceiling < TLP_RED;
}

const struct policy_token *policy_token(const struct policy *p, int64_t n)
{
    FIND_BY_NUMBER(p->tokens, p->token_count, n);
}

const struct policy_collection *policy_collection(const struct policy *p, uint32_t n)
{
    FIND_BY_NUMBER(p->collections, p->collection_count, n);
}

const struct policy_collection *policy_collection_by_key(const struct policy *p, str key)
{
    return map_get(&p->collection_by_id, key);
}
