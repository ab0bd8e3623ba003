/*
 * The words of the pages that need no account: English, Spanish. For site.c, and whoever answers
 * with one sentence.
 */
#ifndef TOCSIN_API_SITE_WORDS_H
#define TOCSIN_API_SITE_WORDS_H

#include "service/call_words.h"

/* clang-format off */
#define SITE_WORDS(X) \
    X(SKIP, "Skip to the content", "Ir al contenido") \
    X(EXERCISE_NAME, "Exercise", "Simulacro") \
    X(EXERCISE, "EXERCISE EXERCISE EXERCISE: everything here is invented", \
      "SIMULACRO SIMULACRO SIMULACRO: todo aquí es inventado") \
    X(RUNS, "An exchange that runs tocsin", "Una plataforma de intercambio que usa tocsin") \
    X(SIGN_IN, "Sign in", "Iniciar sesión") \
    X(OTHER_LANGUAGE, "Español", "English") \
    X(CONTACT, "Questions, or to join:", "Preguntas, o para participar:") \
    X(RECEIPTS, "What members are given here is noted in receipts.", \
      "Lo que aquí se entrega a los miembros queda anotado en recibos.") \
    X(TITLE, "Partners share what they know about foreign interference here", \
      "Aquí se comparte lo que se sabe sobre la injerencia extranjera") \
    X(LEAD, "Government agencies, online platforms, election officials and researchers exchange " \
      "intelligence; each sees exactly what it may.", \
      "Organismos públicos, plataformas en línea, autoridades electorales e investigadores " \
      "intercambian inteligencia; cada uno ve exactamente lo que le corresponde.") \
    X(SPEAKS, "The exchange speaks STIX and TAXII 2.1, so that the tools its members already use " \
      "can read and write. Every object carries a label of the Traffic Light Protocol:", \
      "La plataforma habla STIX y TAXII 2.1, de modo que las herramientas que sus miembros ya " \
      "usan pueden leer y escribir. Cada objeto lleva una etiqueta del protocolo Traffic Light:") \
    X(HIDDEN, "What a reader may not see does not exist for them.", \
      "Lo que alguien no puede ver, para esa persona no existe.") \
    X(PUBLIC, "What anyone may read", "Lo que cualquiera puede leer") \
    X(MARKED, "Objects marked", "Los objetos marcados como") \
    X(WITHOUT_ACCOUNT, "in these collections, without an account:", \
      "en estas colecciones, sin necesidad de una cuenta:") \
    X(NOTHING_PUBLIC, "Nothing: this exchange has no public collection. Members sign in with the " \
      "token or the password that their steward gave them.", \
      "Nada: esta plataforma no tiene ninguna colección pública. Los miembros inician sesión con " \
      "el token o la contraseña que les dio quien la administra.") \
    X(CONNECT, "Connect a tool", "Conectar una herramienta") \
    X(DISCOVERY, "Discovery", "Descubrimiento (discovery)") \
    X(API_ROOT, "API root", "Raíz de la API (API root)") \
    X(SIGN_IN_WITH, "Sign in with", "Credenciales") \
    X(CREDENTIALS, "a bearer token, a client certificate, or Basic: the user name “token” with " \
      "the token as password, or your e-mail address with your password", \
      "un token bearer, un certificado de cliente o Basic: el nombre de usuario «token» con el " \
      "token como contraseña, o su correo electrónico con su contraseña") \
    X(BACK, "Back to the first page", "Volver a la primera página") \
    X(NO_SUCH_PAGE, "There is no such page", "Esta página no existe") \
    X(ONLY_READ, "This page can only be read", "Esta página solo se puede leer") \
    X(NO_DATA, "The exchange cannot read its data just now", \
      "La plataforma no puede leer sus datos en este momento") \
    X(NOT_BUILT, "This program was built without its pages; scripts/build makes both", \
      "Este programa se construyó sin sus páginas; scripts/build hace las dos cosas")
/* clang-format on */

#define SITE_WORD_ENUM(name, english, spanish) SITE_##name,
enum site_word { SITE_WORDS(SITE_WORD_ENUM) SITE_WORD_COUNT };
#undef SITE_WORD_ENUM

str site_words(enum site_word word, enum language l);

#endif
