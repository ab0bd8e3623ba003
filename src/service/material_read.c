/*
 * Materials as their readers find them.
 */
#include "base/uuid.h"
#include "service/gist.h"
#include "service/material_parts.h"
#include "service/reading.h"
#include "store/page.h"

/* ---- files */

static err read_file(struct arena *a, struct session *s, const struct log_entry *e,
                     struct material_file *out)
{
    OWNED(parsed_done) struct parsed p = {0};
    TRY(parsed_read(a, s, e, &p));
    json own = json_get(json_get(p.value, LIT("extensions")), LIT(FILE_EXTENSION));
    struct material_file file = {.id = arena_copy(a, p.id),
                                 .entry = *e,
                                 .name = parsed_text(a, own, "name"),
                                 .digest =
                                     parsed_text(a, json_get(p.value, LIT("hashes")), "SHA-256"),
                                 .url = parsed_text(a, p.value, "url"),
                                 .organization = parsed_text(a, own, "organization_ref"),
                                 .bytes = parsed_number(own, "bytes", 0)};
    if (!file_kind_of_type(json_get_string(p.value, LIT("mime_type")), &file.kind))
        return FAIL(a, ERR_NOT_FOUND, "there is no such file, or you may not see it");
    *out = file;
    return NULL;
}

err material_file_get(struct arena *a, struct session *s, const struct reader *r, str id,
                      struct material_file *out)
{
    struct log_entry e;
    if (!str_eq(stix_id_type(id), LIT("artifact")))
        return FAIL(a, ERR_NOT_FOUND, "there is no such file, or you may not see it");
    if (!reader_may_read_collection(r, s->policy->briefings)) /* a token narrowed to others (G9) */
        return FAIL(a, ERR_NOT_FOUND, "there is no such file, or you may not see it");
    TRY(about_get(a, s, r, id, &e));
    return read_file(a, s, &e, out);
}

/* ---- objects */

/* Of what the reader may read of an object one version: in one collection and lineage the newest.
 */
static err find_object(struct arena *a, struct session *s, const struct reader *r, str id,
                       struct log_entry *out)
{
    struct log_entries all = {0};
    size_t kept = 0;
    TRY(page_entries_of(a, s, r, id, 0, &all));
    if (all.count == 0)
        return FAIL(a, ERR_NOT_FOUND, "there is no such object, or you may not see it");
    uint32_t collection = all.items[0].collection;
    for (size_t i = 0; i < all.count; i++) {
        if (all.items[i].collection == collection)
            all.items[kept++] = all.items[i];
    }
    all.count = kept;
    page_choose_lineage(s, collection, &all);
    *out = all.items[0];
    for (size_t i = 1; i < all.count; i++) {
        if (all.items[i].version_us >= out->version_us)
            *out = all.items[i];
    }
    return NULL;
}

err material_object_get(struct arena *a, struct session *s, const struct reader *r, str id,
                        struct material_object *out)
{
    struct log_entry e;
    OWNED(parsed_done) struct parsed p = {0};
    TRY(find_object(a, s, r, id, &e));
    TRY(parsed_read(a, s, &e, &p));
    str title = gist_title(p.value);
    *out = (struct material_object){
        .id = arena_copy(a, id),
        .entry = e,
        .type = arena_copy(a, stix_id_type(id)),
        .title = gist_shorten(a, title.len ? title : id, MATERIAL_TITLE_BYTES_MAX),
        .label = reading_label(s, &e)};
    return NULL;
}

err material_way_get(struct arena *a, struct session *s, const struct reader *r,
                     const struct material_way *way, struct log_entry *out)
{
    struct log_entry e;
    OWNED(parsed_done) struct parsed p = {0};
    *out = (struct log_entry){0};
    if (!str_eq(stix_id_type(way->material), LIT("briefing-material")) ||
        !reader_may_read_collection(r, s->policy->briefings))
        return NULL;
    err absent = about_get(a, s, r, way->material, &e);
    if (absent)
        return absent->code == ERR_NOT_FOUND ? NULL : absent;
    TRY(parsed_read(a, s, &e, &p));
    if (str_eq(json_get_string(p.value, LIT("object_ref")), way->object))
        *out = e;
    return NULL;
}

/* ---- materials */

/* ERR_NOT_FOUND: what it is made of is not for this reader. */
static err read_material(struct arena *a, struct session *s, const struct reader *r,
                         const struct log_entry *e, struct material *out)
{
    OWNED(parsed_done) struct parsed p = {0};
    TRY(parsed_read(a, s, e, &p));
    json v = p.value;
    struct material m = {.id = arena_copy(a, p.id),
                         .entry = *e,
                         .version = parsed_text(a, v, "modified"),
                         .item = parsed_text(a, v, "item_ref"),
                         .title = parsed_text(a, v, "name"),
                         .label = reading_label(s, e),
                         .organization = parsed_text(a, v, "organization_ref"),
                         .is_replaced = json_is(json_get(v, LIT("is_replaced")), JSON_TRUE)};
    str file = json_get_string(v, LIT("file_ref"));
    if (file.len)
        TRY(material_file_get(a, s, r, file, &m.file));
    else
        TRY(material_object_get(a, s, r, json_get_string(v, LIT("object_ref")), &m.object));
    *out = m;
    return NULL;
}

err material_list_all(struct arena *a, struct session *s, const struct reader *r,
                      const struct briefing *b, struct materials *out)
{
    struct about_rows rows = {0};
    TRY(about_list(a, s, r, b->id, LIT("briefing-material"), &rows));
    for (size_t i = 0; i < rows.count; i++) {
        struct material one;
        if (rows.items[i].entry.contributor != b->group)
            continue;
        err hidden = read_material(a, s, r, &rows.items[i].entry, &one);
        if (hidden == NULL)
            *LIST_ADD(a, out) = one;
        else if (hidden->code != ERR_NOT_FOUND)
            return hidden;
    }
    return NULL;
}

err material_list(struct arena *a, struct session *s, const struct reader *r,
                  const struct briefing *b, struct materials *out)
{
    struct materials all = {0};
    struct briefing_items items = {0};
    *out = (struct materials){0};
    TRY(material_list_all(a, s, r, b, &all));
    if (all.count)
        TRY(briefing_items_get(a, s, r, b, &items));
    for (size_t i = 0; i < all.count; i++) {
        if (all.items[i].item.len == 0 || agenda_find(&items, all.items[i].item))
            *LIST_ADD(a, out) = all.items[i];
    }
    return NULL;
}

err material_get(struct arena *a, struct session *s, const struct reader *r,
                 const struct briefing *b, str id, struct material *out)
{
    struct materials all;
    TRY(material_list(a, s, r, b, &all));
    for (size_t i = 0; i < all.count; i++) {
        if (!str_eq(all.items[i].id, id))
            continue;
        *out = all.items[i];
        return NULL;
    }
    return FAIL(a, ERR_NOT_FOUND, "there is no such material, or you may not see it");
}
