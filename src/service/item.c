/*
 * Judging an object before it is appended.
 */
#include "service/item.h"

#include "stix/validate.h"
#include "json/write.h"

#define WARNINGS_BYTES_MAX ((size_t)64 << 10)

/* Broken SHOULDs as a JSON list of texts, kept with the object. */
static str warnings_json(struct arena *a, const struct stix_findings *findings)
{
    if (findings->should_count == 0)
        return (str){0};
    OWNED(buf_done) struct buf text;
    buf_init(&text, WARNINGS_BYTES_MAX);
    struct json_writer w;
    json_writer_init(&w, &text);
    json_open_array(&w);
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->items[i].level == STIX_SHOULD)
            json_put_string(&w, stix_finding_text(a, &findings->items[i]));
    }
    json_close_array(&w);
    return text.is_over ? (str){0} : arena_copy(a, buf_str(&text));
}

/* Every broken MUST in one message, so that a sender mends them all at once. */
static str refusal_text(struct arena *a, const struct stix_findings *findings)
{
    str text = {0};
    for (size_t i = 0; i < findings->count; i++) {
        if (findings->items[i].level != STIX_MUST)
            continue;
        str one = stix_finding_text(a, &findings->items[i]);
        text = text.len ? arena_join(a, text, LIT("; "), one) : one;
    }
    return text;
}

void item_check(struct arena *a, struct log_item *item)
{
    struct stix_findings findings = {0};
    if (str_eq(item->object.type, LIT("bundle"))) {
        item->outcome = LOG_REFUSED;
        item->message = LIT("a bundle is no object (STIX 2.1 §8); send the objects in it");
        return;
    }
    stix_check(a, item->object.value, STIX_SPEC_BY_OBJECT, &findings);
    item->warnings = warnings_json(a, &findings);
    if (findings.must_count) {
        item->outcome = LOG_REFUSED;
        item->message = refusal_text(a, &findings);
    }
}
