/*
 * Giving materials to a briefing, replacing them, taking them back.
 */
#include "base/uuid.h"
#include "service/material_parts.h"
#include "stix/marking.h"
#include "store/files.h"

/* ---- what may be given */

bool material_may_give(const struct reader *r, const struct briefing *b)
{
    return b->is_host && r->may_post && b->status != BRIEFING_CANCELLED;
}

err material_check_may_give(struct arena *a, const struct reader *r, const struct briefing *b)
{
    TRY(briefing_check_may_host(a, r));
    if (b->status == BRIEFING_CANCELLED)
        return FAIL(a, ERR_CONFLICT,
                    "this briefing was called off; nothing is given to it any more");
    return NULL;
}

static err check_title(struct arena *a, str title)
{
    if (title.len > MATERIAL_TITLE_BYTES_MAX)
        return FAIL(a, ERR_INVALID, "a title has at most %d bytes", MATERIAL_TITLE_BYTES_MAX);
    return NULL;
}

err material_check_name(struct arena *a, struct material_file *file)
{
    enum file_kind said;
    TRY(file_name_clean(a, file->name, &file->name));
    if (!file_kind_of_name(file->name, &said))
        return FAIL(a, ERR_INVALID,
                    "the name of the file ends in .pdf, .png, .jpg, .txt or .csv, so that people "
                    "know what they get; this is %.*s",
                    STR_ARG(file_kind_words(file->kind)));
    if (!file_kind_agrees(file->kind, said))
        return FAIL(a, ERR_INVALID, "by its name this is %.*s, and by its bytes it is %.*s",
                    STR_ARG(file_kind_words(said)), STR_ARG(file_kind_words(file->kind)));
    file->kind = said;
    return NULL;
}

static err check_file(struct arena *a, const struct session *s, struct material_file *file)
{
    TRY(material_check_name(a, file));
    if (!files_have(a, s->store, file->digest))
        return FAIL(a, ERR_CONFLICT, "the file that was handed in is gone; hand it in again");
    return NULL;
}

/* Gives the file an id of its own, and takes its room. */
static err take_file(struct arena *a, struct session *s, const struct reader *r,
                     const struct material_input *input, struct material_file *out)
{
    struct material_file file = input->file;
    TRY(check_file(a, s, &file));
    file.id = uuid_random_id(a, LIT("artifact"));
    file.url = arena_join(a, input->address, LIT(MATERIAL_FILES_PATH), file.id);
    file.organization = r->org->id;
    TRY(files_forget_handed(a, s, file.handed));
    TRY(files_check_room(a, s, r->org->n, file.bytes));
    TRY(files_take_room(a, s, file.organization, file.bytes));
    *out = file;
    return NULL;
}

static err take_object(struct arena *a, struct session *s, const struct reader *r, str id,
                       struct material_object *out)
{
    err absent = material_object_get(a, s, r, id, out);
    if (absent && absent->code == ERR_NOT_FOUND)
        return FAIL(a, ERR_INVALID, "there is no such object, or you may not read it");
    TRY(absent);
    if (out->label == TLP_RED)
        return FAIL(a, ERR_INVALID, "this object is TLP:RED, which is for people who are named");
    return NULL;
}

/* What it belongs to; NULL: the briefing. */
static err find_item(struct arena *a, const struct briefing_items *items, str id,
                     const struct briefing_item **out)
{
    *out = agenda_find(items, id);
    if (id.len && *out == NULL)
        return FAIL(a, ERR_INVALID, "there is no such item in this agenda");
    if (*out && (*out)->is_red)
        return FAIL(a, ERR_INVALID,
                    "of a TLP:RED item only its place is told before the call; nothing hangs on "
                    "it");
    return NULL;
}

static err check_label(struct arena *a, const struct material *m, enum tlp least)
{
    least = m->object.label > least ? m->object.label : least;
    if (m->label == TLP_RED)
        return FAIL(a, ERR_INVALID,
                    "TLP:RED is for people who are named, and a material names none; choose "
                    "TLP:AMBER+STRICT at most");
    if (m->label < least)
        return FAIL(a, ERR_INVALID,
                    "what it belongs to is %.*s; its label is that or a stricter one",
                    STR_ARG(tlp_name(least)));
    return NULL;
}

static err check_room(struct arena *a, struct session *s, const struct reader *r,
                      const struct briefing *b)
{
    struct materials all = {0};
    TRY(material_list_all(a, s, r, b, &all));
    if (all.count < MATERIALS_MAX)
        return NULL;
    return FAIL(a, ERR_CONFLICT, "this briefing has %d materials, and takes no more",
                MATERIALS_MAX);
}

/* ---- the verbs */

err material_give(struct arena *a, struct session *s, const struct reader *r, str briefing,
                  const struct material_input *input, str *id)
{
    struct briefing b;
    struct briefing_items items = {0};
    const struct briefing_item *item;
    TRY(briefing_get_hosted(a, s, r, briefing, &b));
    TRY(material_check_may_give(a, r, &b));
    TRY(check_title(a, input->title));
    TRY(briefing_items_get(a, s, r, &b, &items));
    TRY(find_item(a, &items, input->item, &item));
    TRY(check_room(a, s, r, &b));
    struct material m = {.id = uuid_random_id(a, LIT("briefing-material")),
                         .item = input->item,
                         .title = str_trim(input->title),
                         .organization = r->org->id};
    if (input->object.len)
        TRY(take_object(a, s, r, input->object, &m.object));
    else
        TRY(take_file(a, s, r, input, &m.file));
    enum tlp least = item ? item->label : b.label;
    m.label = input->has_label ? input->label : least > m.object.label ? least : m.object.label;
    TRY(check_label(a, &m, least));
    if (m.title.len == 0)
        m.title = m.file.id.len ? m.file.name : m.object.title;
    TRY(material_append(a, s, r, &b, &(struct material_place){&m, item}));
    *id = m.id;
    return briefing_record(a, s, r, "material.give", m.id, (str){0});
}

err material_replace(struct arena *a, struct session *s, const struct reader *r, str briefing,
                     str id, const struct material_input *input)
{
    struct briefing b;
    struct briefing_items items = {0};
    struct material m;
    TRY(briefing_get_hosted(a, s, r, briefing, &b));
    TRY(material_get(a, s, r, &b, id, &m));
    TRY(material_check_may_give(a, r, &b));
    TRY(check_title(a, input->title));
    TRY(briefing_items_get(a, s, r, &b, &items));
    if (input->file.digest.len && m.file.id.len == 0)
        return FAIL(a, ERR_INVALID,
                    "this material is an object of the exchange, which changes where it was "
                    "shared; give the file beside it");
    if (input->file.digest.len) {
        TRY(take_file(a, s, r, input, &m.file));
        m.is_replaced = true;
        m.organization = r->org->id;
    }
    if (str_trim(input->title).len)
        m.title = str_trim(input->title);
    const struct material_place place = {&m, agenda_find(&items, m.item)};
    TRY(material_append(a, s, r, &b, &place));
    return briefing_record(a, s, r, "material.replace", id, (str){0});
}

err material_withdraw(struct arena *a, struct session *s, const struct reader *r, str briefing,
                      str id)
{
    struct briefing b;
    struct material m;
    TRY(briefing_get_hosted(a, s, r, briefing, &b));
    TRY(material_get(a, s, r, &b, id, &m));
    TRY(briefing_check_may_host(a, r));
    TRY(material_withdraw_whole(a, s, r, &b, id));
    return briefing_record(a, s, r, "material.withdraw", id, (str){0});
}
