import "./elements/busy-forms";
import "./elements/range-number";
import "./elements/draft-status";
import "./elements/open-when";
import "./elements/unfold-for-print";
