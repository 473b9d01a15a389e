// Enhancement only: every page and every deed works without it.
import { initAll } from "../look/govuk-frontend.min.js";
import { enhanceSearchBoxes } from "./suggest.js";
import { shutMenusWithEscape } from "./menu.js";
import { watchForSimilarNeeds } from "./similar.js";

initAll();
shutMenusWithEscape();
enhanceSearchBoxes();
watchForSimilarNeeds();
