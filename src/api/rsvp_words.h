/*
 * The words of the pages of a mailed link: English, Spanish. For rsvp*.c only.
 */
#ifndef TOCSIN_API_RSVP_WORDS_H
#define TOCSIN_API_RSVP_WORDS_H

#include "service/call_words.h"

/* clang-format off */
#define RSVP_WORDS(X) \
    X(EXERCISE, "EXERCISE", "SIMULACRO") \
    X(INVENTED, "Everything here is invented.", "Todo aquí es inventado.") \
    X(SKIP, "Skip to the content", "Ir al contenido") \
    X(OTHER_LANGUAGE, "Español", "English") \
    X(ASK, "Will you join the call?", "¿Participará en la llamada?") \
    X(YOUR_TIME, "Your time", "Su hora") \
    X(SENDERS_TIME, "The sender’s time", "La hora de quien invita") \
    X(NOT_YOUR_ZONE, "Not your zone?", "¿No es su zona horaria?") \
    X(YOUR_ZONE, "Your time zone", "Su zona horaria") \
    X(SHOW_TIMES, "Show my time", "Mostrar mi hora") \
    X(YOUR_ANSWER, "Your answer", "Su respuesta") \
    X(YES, "Yes, I will join", "Sí, participaré") \
    X(NO, "No, I cannot", "No, no puedo") \
    X(DELEGATE, "Someone else will, in my place", "Irá otra persona en mi lugar") \
    X(NEEDS, "I need something to take part", "Necesito algo para participar") \
    X(NEEDS_WHAT, "What do you need?", "¿Qué necesita?") \
    X(NEEDS_HINT, "Captions, an interpreter, a phone number instead of video, for example. Leave " \
      "it empty if you have told us before.", \
      "Por ejemplo: subtítulos, intérprete, un número de teléfono en lugar de video. Déjelo " \
      "vacío si ya nos lo dijo.") \
    X(NEEDS_LONG, "Say it in fewer words", "Dígalo con menos palabras") \
    X(DIGITS, "Last four digits of your phone number", "Últimos cuatro dígitos de su teléfono") \
    X(DIGITS_HINT, "The number your office gave us. It shows that this is you.", \
      "El número que nos dio su oficina. Muestra que es usted.") \
    X(DIGITS_AGAIN, "The number your office gave us. Has it changed? Ask your office’s contact.", \
      "El número que nos dio su oficina. ¿Ha cambiado? Pregunte al contacto de su oficina.") \
    X(SEND, "Send my answer", "Enviar mi respuesta") \
    X(NOT_SENT, "Your answer is not sent yet.", "Su respuesta aún no se ha enviado.") \
    X(CHECK_DIGITS, "Check the four digits", "Revise los cuatro dígitos") \
    X(CHOOSE_ANSWER, "Choose an answer", "Elija una respuesta") \
    X(CHOOSE_PERSON, "Choose a person", "Elija una persona") \
    X(STALE, "The page was open too long. Send it again.", \
      "La página estuvo abierta demasiado tiempo. Envíela otra vez.") \
    X(TOLD, "Your answer, and what you need, go to the hosts and your own office. Answering is " \
      "up to you, and you can change it here until the call ends.", \
      "Su respuesta, y lo que necesita, llegan a quienes invitan y a su propia oficina. " \
      "Responder es voluntario y puede cambiar la respuesta aquí hasta que termine la llamada.") \
    X(NEVER, "This page opens nothing else and never asks for a password. How to join is shown " \
      "after you sign in, from 30 minutes before.", \
      "Esta página no abre nada más y nunca pide una contraseña. Cómo participar se muestra al " \
      "iniciar sesión, desde 30 minutos antes.") \
    X(WILL_JOIN, "You will join", "Usted participará") \
    X(WILL_NOT_JOIN, "You will not join", "Usted no participará") \
    X(OTHER_WILL_JOIN, "Someone else will join", "Participará otra persona") \
    X(HAVE_ANSWER, "We have your answer,", "Tenemos su respuesta,") \
    X(IN_CALENDAR, "Put it in my calendar", "Ponerla en mi calendario") \
    X(NEXT, "What happens next", "Qué sigue") \
    X(SIGN_IN_FROM, "That day, sign in to see how to join, from", \
      "Ese día, inicie sesión para ver cómo participar, desde las") \
    X(THEY_ARE_ASKED, "Whoever goes in your place gets an invitation of their own.", \
      "Quien vaya en su lugar recibe su propia invitación.") \
    X(CHANGE, "Change my answer", "Cambiar mi respuesta") \
    X(WHO_INSTEAD, "Who will join in your place?", "¿Quién participará en su lugar?") \
    X(DELEGATES, "People of your office, your state or your association who may go", \
      "Personas de su oficina, su estado o su asociación que pueden ir") \
    X(WHO_MAY, "In your place can go a colleague with an account here, or a checked duty " \
      "officer of the state or association that your office belongs to.", \
      "En su lugar puede ir un colega con una cuenta aquí, o un funcionario de guardia " \
      "verificado del estado o de la asociación a la que pertenece su oficina.") \
    X(NO_DELEGATE, "Nobody else of your office has an account here, and your state or " \
      "association has no duty officer whom we have checked.", \
      "Nadie más de su oficina tiene una cuenta aquí, y su estado o asociación no tiene un " \
      "funcionario de guardia verificado.") \
    X(NEWCOMER, "Somebody of your office who has no account can go too: sign in, open the call, " \
      "choose to send someone else, and vouch for them there.", \
      "También puede ir alguien de su oficina que no tenga cuenta: inicie sesión, abra la " \
      "llamada, elija enviar a otra persona y responda allí por ella.") \
    X(NOT_GOOD, "This link is not good, or not any more", \
      "Este enlace no es válido o ya no lo es") \
    X(NOT_GOOD_WHY, "A link ends when its call does. If you expect to be invited, sign in, or " \
      "ask whoever sent it.", \
      "Un enlace termina cuando termina su llamada. Si espera una invitación, inicie sesión o " \
      "pregunte a quien lo envió.") \
    X(CANCELLED, "The call was cancelled", "La llamada se canceló") \
    X(CANCELLED_WHY, "There is nothing to answer. Sign in to read why.", \
      "No hay nada que responder. Inicie sesión para leer por qué.") \
    X(LOCKED, "This page takes no more answers", "Esta página ya no acepta respuestas") \
    X(LOCKED_WHY, "The digits were wrong five times. Your answer is as it was before. Sign in to " \
      "answer, or call whoever invited you.", \
      "Los dígitos no coincidieron cinco veces. Su respuesta quedó como estaba. Inicie sesión " \
      "para responder o llame a quien le invitó.") \
    X(NO_PHONE, "Sign in to answer", "Inicie sesión para responder") \
    X(NO_PHONE_WHY, "We have no phone number of yours by which this page could tell that it is " \
      "you.", \
      "No tenemos un número de teléfono suyo con el que esta página pueda saber que es usted.") \
    X(SIGN_IN, "Sign in", "Iniciar sesión") \
    X(BUSY, "The exchange is busy; your answer is not sent", \
      "El intercambio está ocupado; su respuesta no se ha enviado") \
    X(BUSY_WHY, "Go back and send it again in a minute.", "Vuelva y envíela otra vez en un minuto.")
/* clang-format on */

#define RSVP_WORD_ENUM(name, english, spanish) RSVP_##name,
enum rsvp_word { RSVP_WORDS(RSVP_WORD_ENUM) RSVP_WORD_COUNT };
#undef RSVP_WORD_ENUM

str rsvp_words(enum rsvp_word word, enum language l);
/* "The digits do not match. You have four tries left." */
str rsvp_words_tries(struct arena *a, enum language l, int64_t left);
/* "You have five tries." */
str rsvp_words_all_tries(enum language l);

#endif
