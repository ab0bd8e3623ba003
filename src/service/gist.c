/*
 * Few words for much.
 */
#include "service/gist.h"

#include "base/num.h"
#include "base/utf8.h"

str gist_first(json object, const char *const *keys, size_t count, str but)
{
    for (size_t i = 0; i < count; i++) {
        str text = json_get_string(object, str_of(keys[i]));
        if (text.len && !str_eq(text, but))
            return text;
    }
    return (str){0};
}

str gist_title(json object)
{
    static const char *const TITLES[] = {"name", "value",       "abstract", "content",
                                         "text", "description", "pattern"};
    return gist_first(object, TITLES, COUNT_OF(TITLES), (str){0});
}

/* The first of what a note or an opinion is about that is of this type. */
static str about_of_type(json object, str type)
{
    for (struct json_walk w = json_walk(json_get(object, LIT("object_refs"))); json_next(&w);) {
        if (str_eq(stix_id_type(json_string(w.value)), type))
            return json_string(w.value);
    }
    return (str){0};
}

str gist_briefing(json object)
{
    str type = json_get_string(object, LIT("type"));
    if (str_eq(type, LIT("briefing")))
        return json_get_string(object, LIT("id"));
    if (str_eq(type, LIT("approval")))
        return json_get_string(object, LIT("target_ref"));
    if (str_eq(type, LIT("note")) || str_eq(type, LIT("opinion")))
        return about_of_type(object, LIT("briefing"));
    return json_get_string(object, LIT("briefing_ref"));
}

/* In Briefings nobody writes but the exchange's own verbs: elsewhere a note only looks like one. */
str gist_question(const struct session *s, const struct log_entry *e, json object)
{
    bool is_note = str_eq(json_get_string(object, LIT("type")), LIT("note"));
    if (!is_note || e->collection != s->policy->briefings)
        return (str){0};
    return about_of_type(object, LIT("question"));
}

/* Where a text without a space is cut: between two characters. */
str gist_shorten(struct arena *a, str text, size_t bytes_max)
{
    if (text.len <= bytes_max)
        return arena_copy(a, text);
    size_t space = bytes_max;
    while (space > 0 && text.at[space] != ' ')
        space--;
    str part = str_part(text, 0, bytes_max);
    part.len = space ? space : utf8_find_fault(part);
    return arena_join(a, part, LIT(" \xe2\x80\xa6"), (str){0});
}
