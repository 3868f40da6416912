INSERT INTO case_methods (case_id, method, version, sha256, json)
VALUES (@CaseId, @Method, @Version, @Sha256, @Json)
