/*
 * What was met: out of STIX, and as JSON.
 */
#include "cli/match_met.h"

#include "base/clock.h"
#include "base/utf8.h"
#include "cli/record.h"
#include "sweep/phases.h"

#define NAME_BYTES 200u /* of a name, for people */

/* Reading. */

static int64_t time_of(json object, str key)
{
    int64_t us = 0;
    clock_read(json_get_string(object, key), &us, NULL);
    return us;
}

struct match_indicator match_indicator_read(struct arena *a, json object, str path)
{
    int64_t confidence;
    struct match_indicator about = {
        .id = arena_copy(a, json_get_string(object, LIT("id"))),
        .name = arena_copy(a, json_get_string(object, LIT("name"))),
        .phases = phases_read(a, json_get(object, LIT("kill_chain_phases"))),
        .shared_by = arena_copy(a, json_get_string(object, LIT("created_by_ref"))),
        .from_file = path,
        .confidence = MATCH_NO_CONFIDENCE,
        .valid_from_us = time_of(object, LIT("valid_from")),
        .valid_until_us = time_of(object, LIT("valid_until")),
    };
    if (json_to_i64(json_get(object, LIT("confidence")), &confidence) && confidence >= 0 &&
        confidence <= 100)
        about.confidence = (unsigned)confidence;
    json refs = json_get(object, LIT("object_marking_refs"));
    for (struct json_walk w = json_walk(refs); json_next(&w);) {
        enum tlp label;
        if (!tlp_of_marking_id(json_string(w.value), &label))
            continue;
        about.label = about.is_labelled && about.label > label ? about.label : label;
        about.is_labelled = true;
    }
    return about;
}

/* Writing. */

static void member_time(struct json_writer *w, const char *key, int64_t time_us)
{
    char text[CLOCK_TEXT_BYTES];
    if (time_us)
        json_member(w, key, clock_write(time_us, text));
}

static void put_phases(struct json_writer *w, str phases)
{
    str phase;
    uint64_t more;
    if (phases.len == 0)
        return;
    json_key(w, LIT("phases"));
    json_open_array(w);
    while (phases_cut(&phases, &phase, &more))
        json_put_string(w, phase);
    json_close_array(w);
    if (more)
        json_member_i64(w, "phases_not_kept", (int64_t)more);
}

void match_put_indicator(struct json_writer *w, const struct match_indicator *i)
{
    if (i->kind)
        json_member(w, "kind", str_of(i->kind));
    json_member_if(w, "value", i->value);
    json_member_if(w, "indicator", i->id);
    json_member_if(w, "name", i->name);
    if (i->is_labelled)
        json_member(w, "label", tlp_name(i->label));
    if (i->confidence != MATCH_NO_CONFIDENCE)
        json_member_i64(w, "confidence", i->confidence);
    member_time(w, "valid_from", i->valid_from_us);
    member_time(w, "valid_until", i->valid_until_us);
    json_member_bool(w, "revoked", i->is_revoked);
    put_phases(w, i->phases);
    if (i->is_in_part)
        json_member_bool(w, "looked_for_in_part", true);
    json_member_if(w, "shared_by", i->shared_by);
    json_member_if(w, "from_file", i->from_file);
}

void match_put_met(struct json_writer *w, const struct match_met *met)
{
    json_open_object(w);
    match_put_indicator(w, &met->indicator);
    json_member_i64(w, "count", (int64_t)met->count);
    if (met->has_time) {
        member_time(w, "first_seen", met->first_us);
        member_time(w, "last_seen", met->last_us);
    }
    json_close_object(w);
}

str match_name(struct arena *a, str name)
{
    str cut = utf8_part(name, NAME_BYTES);
    str plain = record_plain(a, cut);
    return cut.len < name.len ? arena_join(a, plain, LIT("…"), LIT("")) : plain;
}

str match_about(struct arena *a, const struct match_indicator *i)
{
    str label = i->is_labelled ? arena_join(a, LIT("  "), tlp_name(i->label), LIT("")) : (str){0};
    str name = i->name.len ? arena_join(a, LIT("  "), match_name(a, i->name), LIT("")) : i->name;
    str sharer = match_name(a, i->shared_by);
    return arena_print(a, "%.*s%.*s%s%.*s%s", STR_ARG(label), STR_ARG(name),
                       sharer.len ? "  (from " : "", STR_ARG(sharer), sharer.len ? ")" : "");
}

str match_amount(struct arena *a, uint64_t count, const char *what)
{
    return arena_print(a, "%llu %s%s", (unsigned long long)count, what, count == 1 ? "" : "s");
}

void match_mind_label(struct match_mets *mets, bool is_labelled, enum tlp label)
{
    if (is_labelled && (!mets->is_labelled || label > mets->strictest))
        mets->strictest = label;
    mets->is_labelled |= is_labelled;
}

void match_note_strictest(struct cli *cli, const struct match_mets *mets)
{
    if (mets->is_labelled)
        cli_note(cli, "what was met is %.*s at the strictest: keep this output as that label asks",
                 STR_ARG(tlp_name(mets->strictest)));
}

void match_put_report(struct json_writer *w, const struct match_mets *mets, uint64_t hits)
{
    if (mets->is_labelled)
        json_member(w, "label", tlp_name(mets->strictest));
    json_member_i64(w, "hits", (int64_t)hits);
    json_key(w, LIT("met"));
    json_open_array(w);
    for (size_t i = 0; i < mets->count; i++)
        match_put_met(w, &mets->items[i]);
    json_close_array(w);
}
