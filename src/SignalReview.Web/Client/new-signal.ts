import "./elements/draft-form";
