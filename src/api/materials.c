/*
 * Materials of a briefing (B26): listed, given, replaced, taken back.
 */
#include "service/material_opened.h"

#include "api/briefing_parts.h"
#include "api/etag.h"
#include "api/fields.h"
#include "api/files.h"
#include "api/handlers.h"

#define ID_BYTES_MAX 100
#define NAME_BYTES_MAX 4096 /* as it was handed in; kept is less */
#define ANSWER_BYTES_MAX ((size_t)64 << 10)

/* ---- writing */

static void put_file(const struct part_to *to, const struct material_file *file)
{
    struct json_writer *w = to->w;
    json_key(w, LIT("file"));
    json_open_object(w);
    json_member(w, "id", file->id);
    json_member(w, "name", file->name);
    json_member_i64(w, "bytes", file->bytes);
    json_member(w, "sha256", file->digest);
    json_member(w, "href", arena_join(to->a, LIT(MATERIAL_FILES_PATH), file->id, (str){0}));
    json_close_object(w);
}

static void put_object(const struct part_to *to, const struct material_object *object)
{
    struct json_writer *w = to->w;
    part_give(to, &object->entry);
    json_key(w, LIT("object"));
    json_open_object(w);
    json_member(w, "id", object->id);
    json_member(w, "type", object->type);
    json_member(w, "title", object->title);
    part_label(w, object->label);
    json_close_object(w);
}

static void put_opened(struct json_writer *w, const struct material_opened *opened)
{
    json_key(w, LIT("opened"));
    json_open_object(w);
    json_member_i64(w, "of", (int64_t)opened->of);
    if (opened->is_told)
        json_member_i64(w, "at_least", (int64_t)opened->at_least);
    json_close_object(w);
}

/* Material; `opened` may be NULL. */
static void put_material(struct api_call *c, const struct part_to *to, const struct material *m,
                         const struct material_opened *opened)
{
    struct json_writer *w = to->w;
    const struct policy_org *org = policy_org_by_id(to->s->policy, m->organization);
    bool is_file = m->file.id.len > 0;
    part_give(to, &m->entry);
    json_open_object(w);
    json_member(w, "id", m->id);
    json_member_if(w, "item", m->item);
    json_member(w, "title", m->title);
    part_label(w, m->label);
    json_member(w, "kind", is_file ? file_kind_name(m->file.kind) : LIT("object"));
    json_member(w, "given_by", org ? org->name : LIT("An organization that is gone"));
    part_time(w, "given", m->entry.version_us);
    json_member_bool(w, "is_replaced", m->is_replaced);
    json_member(w, "etag", api_tag(c, m->version));
    if (is_file)
        put_file(to, &m->file);
    else
        put_object(to, &m->object);
    if (opened && opened->of)
        put_opened(w, opened);
    json_close_object(w);
}

err api_list_materials(struct api_call *c)
{
    struct arena *a = c->rq->arena;
    struct briefing b;
    struct materials all;
    TRY(part_find_briefing(c, &b));
    TRY(material_list(a, &c->session, &c->reader, &b, &all));
    struct material_opened *opened = NEW_ARRAY(a, all.count, struct material_opened);
    TRY(material_opened_list(a, &c->session, &b, &all, opened));
    const struct part_to to = part_to_answer(c);
    json_open_object(to.w);
    json_member_bool(to.w, "may_give", material_may_give(&c->reader, &b));
    json_member_i64(to.w, "bytes_max", (int64_t)files_bytes_max(c->app));
    json_key(to.w, LIT("items"));
    json_open_array(to.w);
    for (size_t i = 0; i < all.count; i++)
        put_material(c, &to, &all.items[i], &opened[i]);
    json_close_array(to.w);
    json_close_object(to.w);
    api_send(c, 200);
    return NULL;
}

static err send_material(struct api_call *c, str id, unsigned status)
{
    struct briefing b;
    struct material m;
    TRY(part_find_briefing(c, &b));
    TRY(part_hide(c, material_get(c->rq->arena, &c->session, &c->reader, &b, id, &m)));
    const struct part_to to = part_to_answer(c);
    put_material(c, &to, &m, NULL);
    api_etag(c, m.version);
    api_send(c, status);
    return NULL;
}

/* ---- what is given */

/* What was handed in before, and the name it is given under. */
static void read_file(struct api_fields *f, struct material_input *in)
{
    struct api_call *c = f->c;
    str handle = field_text(f, "file", (struct field_text){.bytes_max = FILES_HANDLE_BYTES_MAX});
    in->file.name = field_text(f, "name",
                               (struct field_text){.is_required = handle.len > 0,
                                                   .may_have_lines = true,
                                                   .is_opaque = true,
                                                   .bytes_max = NAME_BYTES_MAX});
    if (handle.len == 0 || in->file.name.len == 0)
        return;
    if (!files_handle_open(c, handle, &in->file)) {
        field_fault(f, LIT("file"), LIT("This was handed in too long ago; hand it in again"));
        return;
    }
    err wrong = material_check_name(c->rq->arena, &in->file);
    if (wrong)
        field_fault(f, LIT("name"), wrong->text);
}

static struct material_input *read_input(struct api_fields *f)
{
    struct api_call *c = f->c;
    struct material_input *in = NEW(c->rq->arena, struct material_input);
    in->title = field_text(f, "title", (struct field_text){.bytes_max = MATERIAL_TITLE_BYTES_MAX});
    in->address = c->app->public_url;
    read_file(f, in);
    return in;
}

static err run_give(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    str id;
    TRY(part_hide(c, material_give(a, s, &c->reader, api_param(c, "briefing"), context, &id)));
    c->result = arena_copy(c->rq->arena, id);
    return NULL;
}

static err answer_give(struct api_call *c, void *context)
{
    (void)context;
    return send_material(c, c->result, 201);
}

err api_give_material(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct material_input *in = read_input(&f);
    str label = field_text(&f, "label", (struct field_text){.bytes_max = 20, .words = PART_LABELS});
    in->has_label = label.len && tlp_read(label, &in->label);
    in->item = field_text(&f, "item", (struct field_text){.bytes_max = ID_BYTES_MAX});
    in->object = field_text(&f, "object", (struct field_text){.bytes_max = ID_BYTES_MAX});
    if ((in->object.len > 0) == field_is_there(&f, "file"))
        field_fault(&f, in->object.len ? LIT("object") : LIT("file"),
                    LIT("Give a file, or an object of the exchange by its id"));
    TRY(api_fields_check(&f));
    return api_change(c,
                      &(struct api_change){.run = run_give, .answer = answer_give, .context = in});
}

/* ---- replacing, taking back */

/* Whether the editor saw what is there; else what that is goes with the refusal. */
static err check_seen(struct arena *a, struct session *s, struct api_call *c)
{
    struct briefing b;
    struct material m;
    OWNED(buf_done) struct buf text = {0};
    struct json_writer w;
    TRY(part_hide(c, briefing_get_hosted(a, s, &c->reader, api_param(c, "briefing"), &b)));
    TRY(part_hide(c, material_get(a, s, &c->reader, &b, api_param(c, "material"), &m)));
    buf_init(&text, ANSWER_BYTES_MAX);
    json_writer_init(&w, &text);
    put_material(c, &(struct part_to){&w, a, s, &c->reader, NULL}, &m, NULL);
    TRY(buf_check(a, &text));
    c->current = arena_copy(c->rq->arena, buf_str(&text));
    return api_check_match(c, m.version);
}

static err run_replace(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    TRY(check_seen(a, s, c));
    return part_hide(c, material_replace(a, s, &c->reader, api_param(c, "briefing"),
                                         api_param(c, "material"), context));
}

static err answer_replace(struct api_call *c, void *context)
{
    (void)context;
    return send_material(c, api_param(c, "material"), 200);
}

err api_replace_material(struct api_call *c)
{
    struct api_fields f = api_fields(c);
    struct material_input *in = read_input(&f);
    if (in->file.digest.len == 0 && str_trim(in->title).len == 0)
        field_fault(&f, LIT("file"), LIT("Give another file, another title, or both"));
    TRY(api_fields_check(&f));
    return api_change(
        c, &(struct api_change){.run = run_replace, .answer = answer_replace, .context = in});
}

static err run_withdraw(struct arena *a, struct session *s, struct api_call *c, void *context)
{
    (void)context;
    TRY(check_seen(a, s, c));
    return part_hide(
        c, material_withdraw(a, s, &c->reader, api_param(c, "briefing"), api_param(c, "material")));
}

err api_withdraw_material(struct api_call *c)
{
    return api_change(c, &(struct api_change){.run = run_withdraw});
}
