/*
 * Materials into the log: under the audience of what they belong to, and where that went.
 */
#include "base/uuid.h"
#include "service/material_parts.h"
#include "stix/marking.h"
#include "store/files.h"

/* ---- objects */

/*
 * An artifact has no version of its own: the log gives it one. When it is given tells those apart
 * that say the same to more people: as equal bytes they would be one, and no news to the log.
 */
static void put_artifact(struct batch *batch, const struct material_file *file,
                         const struct object_head *head)
{
    struct json_writer *w = &batch->w;
    batch->count++;
    json_open_object(w);
    json_member(w, "type", LIT("artifact"));
    json_member(w, "spec_version", LIT("2.1"));
    json_member(w, "id", file->id);
    json_member(w, "mime_type", file_kind_type(file->kind));
    json_member(w, "url", file->url);
    json_key(w, LIT("hashes"));
    json_open_object(w);
    json_member(w, "SHA-256", file->digest);
    json_close_object(w);
    batch_put_markings(batch, head);
    json_key(w, LIT("extensions"));
    json_open_object(w);
    json_key(w, LIT(FILE_EXTENSION));
    json_open_object(w);
    json_member(w, "extension_type", LIT("property-extension"));
    json_member(w, "name", file->name);
    json_member_i64(w, "bytes", file->bytes);
    json_member(w, "organization_ref", file->organization);
    put_time(w, "given", batch->s->now_us);
    json_close_object(w);
    json_close_object(w);
    json_close_object(w);
}

static enum tlp stricter(enum tlp one, enum tlp two)
{
    return one > two ? one : two;
}

/* Under the audience of what it belongs to, and a label that is not less strict. */
static struct object_head head_of(const struct batch *batch, const struct briefing_version *v,
                                  const struct material *m, const struct briefing_item *item)
{
    bool is_narrower = item && item->organizations.count && v->briefing->status != BRIEFING_DRAFT;
    enum tlp least = item ? item->label : v->briefing->label;
    return (struct object_head){
        .type = "briefing-material",
        .extension = MATERIAL_EXTENSION,
        .id = m->id,
        .modified_us = m->entry.version_us,
        .created_by = v->group_id,
        .label = stricter(m->label, stricter(least, m->object.label)),
        .markings = {is_narrower ? item_marking(batch->a, batch->s, item->id) : v->marking}};
}

static void put_object(struct batch *batch, const struct material *m, str briefing,
                       const struct object_head *head)
{
    struct json_writer *w = batch_open(batch, head);
    json_member(w, "briefing_ref", briefing);
    put_text_if(w, "item_ref", m->item);
    json_member(w, "name", m->title);
    json_member(w, "organization_ref", m->organization);
    put_text_if(w, "file_ref", m->file.id);
    put_text_if(w, "object_ref", m->object.id);
    if (m->is_replaced)
        json_member_bool(w, "is_replaced", true);
    batch_close(batch, head);
}

static void put_material(struct batch *batch, const struct briefing_version *v,
                         const struct material *m, const struct briefing_item *item)
{
    const struct object_head head = head_of(batch, v, m, item);
    if (m->file.id.len)
        put_artifact(batch, &m->file, &head);
    put_object(batch, m, v->briefing->id, &head);
}

static struct briefing_version version_of(struct arena *a, const struct session *s,
                                          const struct briefing *b)
{
    return (struct briefing_version){.briefing = b,
                                     .group_id = policy_org(s->policy, b->group)->id,
                                     .marking = briefing_marking(a, s, b)};
}

err material_append(struct arena *a, struct session *s, const struct reader *r,
                    const struct briefing *b, const struct material_place *m)
{
    const struct briefing_version v = version_of(a, s, b);
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, b->group);
    put_material(&batch, &v, m->material, m->item);
    return batch_append(&batch);
}

struct opening {
    const struct briefing_version *v;
    const struct materials *all;
    const struct briefing_items *items;
};

static err open_part(struct batch *batch, const struct opening *o, bool is_of_files)
{
    for (size_t i = 0; i < o->all->count; i++) {
        const struct material *m = &o->all->items[i];
        const struct briefing_item *item = agenda_find(o->items, m->item);
        const struct object_head head = head_of(batch, o->v, m, item);
        if (m->item.len && item == NULL)
            continue;
        if (!is_of_files)
            put_object(batch, m, o->v->briefing->id, &head);
        else if (m->file.id.len)
            put_artifact(batch, &m->file, &head);
    }
    return batch_append(batch);
}

/* The files before what points at them: an end that stands in the log already counts as it is
 * there (G6), and there it is still the hosts' alone. */
err material_open_all(struct arena *a, struct session *s, const struct reader *r,
                      const struct briefing *b, const struct briefing_items *items)
{
    struct materials all = {0};
    const struct briefing_version v = version_of(a, s, b);
    const struct opening o = {&v, &all, items};
    OWNED(batch_done) struct batch files;
    OWNED(batch_done) struct batch objects;
    batch_init(&files, a, s, r, b->group);
    batch_init(&objects, a, s, r, b->group);
    TRY(material_list_all(a, s, r, b, &all));
    TRY(open_part(&files, &o, true));
    return open_part(&objects, &o, false);
}

/* ---- withdrawing */

struct withdrawing {
    struct arena *a;
    struct session *s;
    const struct reader *r;
    int64_t group;
};

static err withdraw_id(const struct withdrawing *w, str id)
{
    size_t withdrawn;
    const struct log_withdrawal one = {
        .reader = w->r, .contributor = w->group, .collection = w->s->policy->briefings, .id = id};
    err absent = log_withdraw(w->a, w->s, &one, &withdrawn);
    return absent && absent->code == ERR_NOT_FOUND ? NULL : absent;
}

/* The files of all its versions. */
static err list_files(const struct withdrawing *w, str id, struct stix_strs *out)
{
    struct log_entries versions = {0};
    TRY(log_entries_of(w->a, w->s, id, w->s->policy->briefings, &versions));
    for (size_t i = 0; i < versions.count; i++) {
        OWNED(parsed_done) struct parsed p = {0};
        TRY(parsed_read(w->a, w->s, &versions.items[i], &p));
        str file = parsed_text(w->a, p.value, "file_ref");
        if (file.len && !strs_have(out, file))
            *LIST_ADD(w->a, out) = file;
    }
    return NULL;
}

err material_withdraw_whole(struct arena *a, struct session *s, const struct reader *r,
                            const struct briefing *b, str id)
{
    const struct withdrawing w = {a, s, r, b->group};
    struct stix_strs files = {0};
    TRY(list_files(&w, id, &files));
    TRY(withdraw_id(&w, id));
    for (size_t i = 0; i < files.count; i++)
        TRY(withdraw_id(&w, files.items[i]));
    return NULL;
}

/* ---- where items went */

static const struct briefing_item *successor(const struct briefing_items *changed, str item)
{
    for (size_t i = 0; i < changed->count; i++) {
        if (changed->items[i].instead_of.len && str_eq(changed->items[i].instead_of, item))
            return &changed->items[i];
    }
    return NULL;
}

/* The same under another id, so that nothing of it is a version of what others read. */
static struct material as_another(struct arena *a, const struct material *m, str item)
{
    struct material made = *m;
    made.id = uuid_random_id(a, LIT("briefing-material"));
    made.entry = (struct log_entry){0};
    made.item = item;
    if (m->file.id.len == 0)
        return made;
    str before = str_part(m->file.url, 0, m->file.url.len - m->file.id.len);
    made.file.id = uuid_random_id(a, LIT("artifact"));
    made.file.url = arena_join(a, before, made.file.id, (str){0});
    return made;
}

err material_follow(struct arena *a, struct session *s, const struct reader *r,
                    const struct briefing *b, const struct briefing_items *changed)
{
    struct materials all = {0};
    const struct briefing_version v = version_of(a, s, b);
    OWNED(batch_done) struct batch batch;
    batch_init(&batch, a, s, r, b->group);
    TRY(material_list_all(a, s, r, b, &all));
    for (size_t i = 0; i < all.count; i++) {
        const struct material *m = &all.items[i];
        const struct briefing_item *before = agenda_find(changed, m->item);
        const struct briefing_item *after = successor(changed, m->item);
        if (m->item.len == 0 || before == NULL || !before->is_dropped || before->is_left_out)
            continue;
        if (after) {
            const struct material made = as_another(a, m, after->id);
            put_material(&batch, &v, &made, after);
            TRY(files_take_room(a, s, made.file.organization, made.file.bytes));
        }
        TRY(material_withdraw_whole(a, s, r, b, m->id));
    }
    return batch_append(&batch);
}
