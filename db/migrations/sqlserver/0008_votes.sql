-- Ways to vote: how a round is voted and who must be among its voters, and the answers that are no single choice.
ALTER TABLE vote_rounds ADD
    method         VARCHAR(60)  NOT NULL CONSTRAINT df_vote_rounds_method DEFAULT 'singleChoice',
    proposal       VARCHAR(60)  NULL, -- for consent; null while the facilitator has chosen none
    required_roles VARCHAR(100) NOT NULL CONSTRAINT df_vote_rounds_required_roles DEFAULT '', -- comma separated: owner, submitter, near, far, reader
    missing_roles  VARCHAR(100) NULL; -- of these, whom nobody present had at the reveal
GO
ALTER TABLE ballots ADD
    answer VARCHAR(400) NULL; -- 'object', 'talk:7,support:3', 'talk,support'; null for a single choice and an abstention
