import "./elements/busy-forms";
import "./elements/range-number";
