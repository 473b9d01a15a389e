// Enhancement only: every page and every action works without it.
import { initAll } from "../look/govuk-frontend.min.js";
import { applyFiltersAsTicked } from "./filters.js";
import { foldOnPhones } from "./fold.js";
import { enhanceSearchBoxes } from "./suggest.js";
import { shutMenusWithEscape } from "./menu.js";
import { showWhatIsAsked } from "./only_if.js";
import { watchForSimilarNeeds } from "./similar.js";

initAll();
foldOnPhones();
applyFiltersAsTicked();
shutMenusWithEscape();
enhanceSearchBoxes();
watchForSimilarNeeds();
showWhatIsAsked();
