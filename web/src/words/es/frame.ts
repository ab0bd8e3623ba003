/*
 * Spanish: the frame, and what stands on every page that needs no account.
 */
import type { Words } from "..";

type Frame = Pick<Words, "skip" | "exercise" | "footer" | "states" | "printed" | "noLabel">;

export const frame: Frame = {
  skip: "Ir al contenido",
  exercise: {
    name: "Simulacro",
    word: "SIMULACRO",
    about: "Todo aquí es inventado",
    more: ", también las respuestas de los estados",
    part: "Lo que muestra esta página pertenece a un simulacro; nada de esto ocurrió",
  },
  printed: (when: string) => `Impreso: ${when}`,
  noLabel: "Sin marca: para quien puede ver esta página",
  footer: {
    contact: "Preguntas, o para participar:",
    receipts: "Lo que aquí se le muestra queda anotado en recibos.",
    whoLooked: "Quién los consultó",
    notices: "De qué partes están hechas estas páginas",
    firstPage: "Acerca de esta plataforma",
  },
  states: {
    loading: "Un momento, por favor.",
    loadingPage: "La página está en camino.",
    again: "Intentar de nuevo",
    noAnswer: "La plataforma no responde.",
    wait: (seconds: number) =>
      seconds < 120
        ? `Inténtelo de nuevo en ${seconds} s.`
        : `Inténtelo de nuevo en ${Math.ceil(seconds / 60)} minutos.`,
    refused: {
      401: "Lo que escribió no coincide con ninguna cuenta, o la cuenta no puede entrar",
      403: "Esto no le está permitido desde aquí. Cargue la página de nuevo",
      404: "Este enlace no abre nada, o ya no",
      409: "Entretanto algo cambió. Cargue la página de nuevo",
      422: "Revise lo que está marcado abajo",
      429: "Fueron demasiados intentos",
      500: "Algo falló en esta página. Cárguela de nuevo; si no ayuda, avise a quien la administra",
      503: "La plataforma está ocupada. Inténtelo de nuevo en un minuto",
    },
    offline:
      "No hay conexión, o la plataforma no responde. Lo que escribió se conserva; no enviamos " +
      "nada hasta que pulse el botón.",
    ourFault:
      "Algo falló en esta página. Cárguela de nuevo; si no ayuda, avise a quien la administra.",
    unreadable: (status: number) => `La plataforma respondió ${status}, sin decir por qué.`,
    gone: "Esta página no existe, o no es para usted.",
    goneTitle: "Aquí no hay nada para usted",
    toHome: "Ir a lo que espera su respuesta",
  },
};
