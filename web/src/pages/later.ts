/*
 * The pages that are fetched when one of them is first asked for: together, since each alone is
 * smaller than a request for it.
 */
import "../main"; // what all chunks share is the first script, and one file (P2)

export { AttendancePage } from "./attendance/attendance";
export { AudiencePage } from "./audience/audience";
export { BriefingPage } from "./briefing/briefing";
export { BriefingList } from "./briefings/list";
export { ClosingPage } from "./closing/closing";
export { EditPage } from "./edit/edit";
export { Make } from "./make/make";
export { NewsPage } from "./news/all";
export { OnwardPage } from "./onward/onward";
export { Outbox } from "./outbox/list";
export { MessagePage } from "./outbox/message";
export { Patterns } from "./patterns/patterns";
export { RecordPage } from "./record/record";
export { SharedList } from "./shared/list";
export { Tell } from "./shared/tell";
export { UsefulPage } from "./useful/useful";
