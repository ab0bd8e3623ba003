/*
 * Resolving markings. Only built-in markings and the contributor's own definitions count; a plain
 * statement restricts nobody, whoever wrote it; anything else keeps the object with its
 * contributor.
 */
#include "store/log_marking.h"

#include <stdlib.h>

struct marking_entry {
    enum marking_kind kind;
    enum tlp label;
    str bytes; /* the definition, for interning */
    uint32_t named;
};

void marking_book_init(struct marking_book *book, struct arena *a, const struct log_submission *sub)
{
    book->a = a;
    book->sub = sub;
    map_init(&book->by_id, a);
}

err marking_book_add(struct arena *a, struct marking_book *book, const struct stix_object *object,
                     bool *is_named)
{
    struct marking m;
    TRY(marking_read(a, object->value, &m));
    enum tlp builtin;
    if (tlp_of_marking_id(object->id, &builtin)) /* the id says what it means, whoever sends it */
        return NULL;
    struct marking_entry *e = NEW(book->a, struct marking_entry);
    *e = (struct marking_entry){
        .kind = m.kind, .label = m.label, .bytes = arena_copy(book->a, object->bytes)};
    map_put(&book->by_id, arena_copy(book->a, object->id), e);
    *is_named = m.kind == MARKING_NAMED;
    return NULL;
}

static err read_held(struct arena *a, struct session *s, const struct log_entry *entry,
                     struct marking_entry **out)
{
    struct log_body body;
    TRY(log_body_get(a, s, entry->body, &body));
    OWNED(json_reader_done) struct json_reader reader = {0};
    json value;
    TRY(json_read(a, &reader, body.bytes, NULL, &value));
    struct marking m;
    TRY(marking_read(a, value, &m));
    *out = NEW(a, struct marking_entry);
    **out = (struct marking_entry){.kind = m.kind, .label = m.label, .bytes = body.bytes};
    return NULL;
}

/* The contributor's own newest definition that the submitter may read; NULL without any. */
static err find_own(struct arena *a, struct session *s, const struct log_submission *sub,
                    const struct log_entries *entries, struct marking_entry **out)
{
    const struct log_entry *best = NULL;
    for (size_t i = 0; i < entries->count; i++) {
        const struct log_entry *e = &entries->items[i];
        if (e->contributor != sub->contributor)
            continue;
        if (best == NULL || e->version_us > best->version_us)
            best = e;
    }
    *out = NULL;
    return best ? read_held(a, s, best, out) : NULL;
}

/*
 * True if others' definitions that the submitter may read are plain statements, every one of them:
 * somebody's statement does not open what another has restricted under the same id.
 */
static err is_statement(struct arena *a, struct session *s, const struct log_submission *sub,
                        const struct log_entries *entries, bool *out)
{
    bool has_any = false;
    *out = false;
    for (size_t i = 0; i < entries->count; i++) {
        const struct log_entry *e = &entries->items[i];
        if (e->contributor == sub->contributor)
            continue;
        struct marking_entry *held;
        TRY(read_held(a, s, e, &held));
        if (held->kind != MARKING_STATEMENT)
            return NULL;
        has_any = true;
    }
    *out = has_any;
    return NULL;
}

static void add_label(struct marking_sum *sum, enum tlp label)
{
    if (!sum->has_label || label > sum->label)
        sum->label = label;
    sum->has_label = true;
}

static err add_definition(struct arena *a, struct session *s, const struct log_submission *sub,
                          str id, const struct marking_entry *e, struct marking_sum *sum)
{
    switch (e->kind) {
    case MARKING_TLP:
        add_label(sum, e->label);
        return NULL;
    case MARKING_STATEMENT:
        return NULL;
    case MARKING_NAMED: {
        const struct audience_definition named = {id, sub->contributor, e->bytes};
        return audience_intern_named(a, s->store->audiences, s->db, &named,
                                     &sum->named[sum->named_count++]);
    }
    case MARKING_OTHER:
        break;
    }
    sum->named[sum->named_count++] = GATE_NAMED_NOBODY;
    return NULL;
}

static err add_marking(struct arena *a, struct session *s, const struct marking_book *book, str id,
                       struct marking_sum *sum)
{
    enum tlp label;
    if (tlp_of_marking_id(id, &label)) {
        add_label(sum, label);
        return NULL;
    }
    if (str_eq(id, LIT(MARKING_EXERCISE))) {
        sum->is_exercise = true;
        return NULL;
    }
    const struct marking_entry *own = map_get(&book->by_id, id);
    if (own)
        return add_definition(a, s, book->sub, id, own, sum);
    struct log_entries entries = {0};
    bool is_known;
    const struct log_asking asking = {book->sub->reader, id, 0};
    TRY(log_entries_held(a, s, &asking, &entries, &is_known));
    struct marking_entry *held;
    TRY(find_own(a, s, book->sub, &entries, &held));
    if (held)
        return add_definition(a, s, book->sub, id, held, sum);
    bool restricts_nobody;
    TRY(is_statement(a, s, book->sub, &entries, &restricts_nobody));
    if (restricts_nobody)
        return NULL;
    sum->named[sum->named_count++] = GATE_NAMED_NOBODY;
    sum->lacks_definition = true;
    return NULL;
}

static int number_order(const void *a, const void *b)
{
    const uint32_t *one = a;
    const uint32_t *two = b;
    return (*one > *two) - (*one < *two);
}

static void sort_named(struct marking_sum *sum)
{
    qsort(sum->named, sum->named_count, sizeof(*sum->named), number_order);
    size_t kept = 0;
    for (size_t i = 0; i < sum->named_count; i++) {
        if (kept == 0 || sum->named[kept - 1] != sum->named[i])
            sum->named[kept++] = sum->named[i];
    }
    sum->named_count = kept;
}

err marking_sum_up(struct arena *a, struct session *s, const struct marking_book *book,
                   const struct marking_list *list, struct marking_sum *out)
{
    struct marking_sum sum = {0};
    sum.named = NEW_ARRAY(book->a, list->count + list->granular_count, uint32_t);
    for (size_t i = 0; i < list->granular_count; i++)
        TRY(add_marking(a, s, book, list->granular[i], &sum));
    sum.granular_label = sum.has_label ? sum.label : TLP_CLEAR;
    sum.has_label = false;
    for (size_t i = 0; i < list->count; i++)
        TRY(add_marking(a, s, book, list->ids[i], &sum));
    sum.is_explicit = list->count + list->granular_count > 0;
    sort_named(&sum);
    *out = sum;
    return NULL;
}

enum tlp marking_label(const struct marking_sum *sum, const struct log_submission *sub,
                       enum tlp default_tlp)
{
    enum tlp label = default_tlp > sub->unmarked_least ? default_tlp : sub->unmarked_least;
    if (sum->has_label)
        label = sum->label;
    return sum->granular_label > label ? sum->granular_label : label;
}
