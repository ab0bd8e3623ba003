/*
 * Text in HTML.
 */
#include "api/html.h"

void html_put_text(struct buf *b, str text)
{
    for (size_t i = 0; i < text.len; i++) {
        switch (text.at[i]) {
        case '&':
            buf_put(b, LIT("&amp;"));
            break;
        case '<':
            buf_put(b, LIT("&lt;"));
            break;
        case '>':
            buf_put(b, LIT("&gt;"));
            break;
        case '"':
            buf_put(b, LIT("&quot;"));
            break;
        default:
            buf_put_char(b, text.at[i]);
        }
    }
}
