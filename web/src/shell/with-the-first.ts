/*
 * What several of the later chunks use and the first page does not: with the first script, since
 * each would be a file of its own else, and a request more before such a page is shown (P2).
 */
import "../api/use-pages";
import "../parts/brought-sheet";
import "../parts/choices";
import "../parts/chooser";
import "../parts/copy";
import "../parts/csv-file";
import "../parts/form";
import "../parts/more";
import "../parts/next-step";
import "../parts/opened-form";
import "../parts/find-whom";
import "../parts/rows";
import "../parts/ticks";
import "../parts/way-on";
