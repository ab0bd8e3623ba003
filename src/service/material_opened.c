/*
 * Counting, from receipts, and telling less than was counted.
 */
#include "service/material_opened.h"

#include "base/map.h"
#include "service/briefing_parts.h"
#include "store/receipts.h"

#include <stdlib.h>

struct material_opened material_opened_tell(size_t has, size_t of)
{
    struct material_opened told = {.of = of, .is_told = of >= OPENED_OF_MIN};
    if (!told.is_told)
        return told;
    size_t most = of - OPENED_STEP;
    size_t least = has < most ? has : most;
    told.at_least = least - least % OPENED_STEP;
    return told;
}

/* An actor that was given what a question is about. */
struct holding {
    size_t question;
    int64_t actor;
};

/* A set of organizations is a list of flags, in the order of `invited`. */
struct counting {
    struct arena *a;
    struct session *s;
    int64_t group;
    struct reader *invited; /* each organization by itself; none of the hosts */
    size_t invited_count;
    struct map places;                          /* by id of the organization: itself in `invited` */
    struct map audiences;                       /* by number: who of them may read it */
    enum receipt_kind kind;                     /* of what is counted now */
    LIST_OF(struct receipt_question) questions; /* one for each of these */
    bool **has;                                 /* by question: who of them has */
    LIST_OF(struct holding) holdings;
};

/* ---- who may */

static err find_invited(struct counting *c, const struct briefing *b)
{
    struct reader group;
    struct log_entry definition;
    struct stix_strs ids = {0};
    OWNED(parsed_done) struct parsed p = {0};
    TRY(group_reader(c->a, c->s, c->group, &group));
    TRY(about_get(c->a, c->s, &group, invited_marking(c->a, c->s, b->id), &definition));
    TRY(parsed_read(c->a, c->s, &definition, &p));
    audience_organizations(c->a, p.value, &ids);
    c->invited = NEW_ARRAY(c->a, ids.count, struct reader);
    map_init(&c->places, c->a);
    for (size_t i = 0; i < ids.count; i++) {
        struct reader *r = &c->invited[c->invited_count];
        const struct policy_org *org = policy_org_by_id(c->s->policy, ids.items[i]);
        if (org == NULL)
            continue;
        TRY(reader_make(c->a, c->s, org, NULL, NULL, r));
        if (group_is_owned_by(r, c->group))
            continue;
        map_put(&c->places, org->id, r);
        c->invited_count++;
    }
    return NULL;
}

/* Materials of one briefing share few audiences. */
static const bool *who_may(struct counting *c, uint32_t audience)
{
    uint32_t *kept = NEW(c->a, uint32_t);
    *kept = audience;
    str key = {(const char *)kept, sizeof(*kept)};
    bool *may = map_get(&c->audiences, key);
    if (may)
        return may;
    may = NEW_ARRAY(c->a, c->invited_count, bool);
    for (size_t i = 0; i < c->invited_count; i++)
        may[i] = reader_may_read(c->s, &c->invited[i], audience);
    map_put(&c->audiences, key, may);
    return may;
}

/* ---- who has */

/* All entries of the object: the one of the draft, and those that were sent. */
static err add_question(struct counting *c, str id)
{
    struct log_entries entries = {0};
    TRY(log_entries_of(c->a, c->s, id, c->s->policy->briefings, &entries));
    uint32_t *numbers = NEW_ARRAY(c->a, entries.count, uint32_t);
    size_t count = 0;
    for (size_t i = 0; i < entries.count; i++) {
        if (entries.items[i].contributor == c->group)
            numbers[count++] = entries.items[i].number;
    }
    *LIST_ADD(c->a, &c->questions) =
        (struct receipt_question){c->s->policy->briefings, c->kind, numbers, count};
    return NULL;
}

static void note_holding(void *context, size_t question, int64_t actor)
{
    struct counting *c = context;
    *LIST_ADD(c->a, &c->holdings) = (struct holding){question, actor};
}

static int by_actor(const void *x, const void *y)
{
    const struct holding *one = x;
    const struct holding *two = y;
    return (one->actor > two->actor) - (one->actor < two->actor);
}

static err find_holders(struct counting *c)
{
    const struct receipt_questions questions = {c->questions.items, c->questions.count};
    const struct reader *place = NULL;
    TRY(receipts_holders(c->a, c->s->db, &questions, note_holding, c));
    if (c->holdings.count)
        qsort(c->holdings.items, c->holdings.count, sizeof(*c->holdings.items), by_actor);
    for (size_t i = 0; i < c->holdings.count; i++) {
        const struct holding *one = &c->holdings.items[i];
        if (i == 0 || one->actor != one[-1].actor) {
            struct reader who;
            TRY(reader_of_actor(c->a, c->s, one->actor, 0, &who));
            place = map_get(&c->places, who.gate.org_id);
        }
        if (place)
            c->has[one->question][place - c->invited] = true;
    }
    return NULL;
}

/* ---- both */

static struct material_opened count_one(struct counting *c, uint32_t audience, const bool *has)
{
    const bool *may = who_may(c, audience);
    size_t of = 0;
    size_t opened = 0;
    for (size_t i = 0; i < c->invited_count; i++) {
        of += may[i];
        opened += may[i] && has[i];
    }
    return material_opened_tell(opened, of);
}

static bool is_of_kind(const struct counting *c, const struct material *m)
{
    return (m->file.id.len > 0) == (c->kind == RECEIPT_OBTAINED);
}

/*
 * A file is counted by the receipts of its artifact. An object is somebody else's, and who has it,
 * or may, is theirs to ask: what is counted is who came to it by this material, among those whom
 * the material goes to by its own clause, whether they may read the object or not.
 */
static err count_kind(struct counting *c, enum receipt_kind kind, const struct materials *all,
                      struct material_opened *out)
{
    bool is_of_files = kind == RECEIPT_OBTAINED;
    size_t question = 0;
    c->kind = kind;
    c->questions.count = 0;
    c->holdings.count = 0;
    for (size_t i = 0; i < all->count; i++) {
        const struct material *m = &all->items[i];
        if (is_of_kind(c, m))
            TRY(add_question(c, is_of_files ? m->file.id : m->id));
    }
    c->has = NEW_ARRAY(c->a, c->questions.count, bool *);
    for (size_t i = 0; i < c->questions.count; i++)
        c->has[i] = NEW_ARRAY(c->a, c->invited_count, bool);
    TRY(find_holders(c));
    for (size_t i = 0; i < all->count; i++) {
        const struct material *m = &all->items[i];
        uint32_t audience = is_of_files ? m->file.entry.audience : m->entry.clause;
        if (is_of_kind(c, m))
            out[i] = count_one(c, audience, c->has[question++]);
    }
    return NULL;
}

err material_opened_list(struct arena *a, struct session *s, const struct briefing *b,
                         const struct materials *all, struct material_opened *out)
{
    struct counting c = {.a = a, .s = s, .group = b->group};
    memset(out, 0, all->count * sizeof(*out));
    if (!b->is_host || all->count == 0)
        return NULL;
    err absent = find_invited(&c, b);
    if (absent) /* nobody is: it was not sent yet */
        return absent->code == ERR_NOT_FOUND ? NULL : absent;
    map_init(&c.audiences, a);
    TRY(count_kind(&c, RECEIPT_OBTAINED, all, out));
    return count_kind(&c, RECEIPT_OPENED, all, out);
}
