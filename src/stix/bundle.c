/*
 * Bodies read whole. Streams are cut in stream.c.
 */
#include "stix/bundle.h"

err bundle_read(struct arena *a, struct json_reader *r, str text, size_t objects_max,
                struct bundle *out)
{
    struct json_limits limits = {.depth_max = BUNDLE_DEPTH_MAX,
                                 .values_max =
                                     BUNDLE_VALUES_LEAST + text.len / BUNDLE_BYTES_PER_VALUE};
    struct bundle b = {.kind = BUNDLE_OBJECT};
    TRY(json_read(a, r, text, &limits, &b.top));
    if (!json_is(b.top, JSON_OBJECT))
        return FAIL(a, ERR_INVALID, "an object with \"objects\" is expected, not %s",
                    json_type_name(json_type(b.top)));
    json objects = json_get(b.top, LIT("objects"));
    str type = json_get_string(b.top, LIT("type"));
    bool is_envelope = type.len == 0 && json_is(json_get(b.top, LIT("type")), JSON_NONE);
    if (str_eq(type, LIT("bundle")))
        b.kind = BUNDLE_STIX;
    else if (is_envelope)
        b.kind = BUNDLE_ENVELOPE;
    if (b.kind == BUNDLE_OBJECT) {
        b.object_count = 1;
        *out = b;
        return NULL;
    }
    if (!json_is(objects, JSON_ARRAY) && !json_is(objects, JSON_NONE))
        return FAIL(a, ERR_INVALID, "\"objects\" is a list, not %s",
                    json_type_name(json_type(objects)));
    b.objects = objects;
    b.object_count = json_count(objects);
    if (objects_max && b.object_count > objects_max)
        return FAIL(a, ERR_TOO_LARGE, "there are %zu objects; at most %zu are taken at once",
                    b.object_count, objects_max);
    *out = b;
    return NULL;
}
