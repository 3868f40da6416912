-- Ways to vote: how a round is voted and who must be among its voters, and the answers that are no single choice.
ALTER TABLE vote_rounds ADD COLUMN method TEXT NOT NULL DEFAULT 'singleChoice';
ALTER TABLE vote_rounds ADD COLUMN proposal TEXT; -- for consent; null while the facilitator has chosen none
ALTER TABLE vote_rounds ADD COLUMN required_roles TEXT NOT NULL DEFAULT ''; -- comma separated: owner, submitter, near, far, reader
ALTER TABLE vote_rounds ADD COLUMN missing_roles TEXT; -- of these, whom nobody present had at the reveal

ALTER TABLE ballots ADD COLUMN answer TEXT; -- 'object', 'talk:7,support:3', 'talk,support'; null for a single choice and an abstention
