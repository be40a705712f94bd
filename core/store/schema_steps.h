#pragma once

namespace assay {

class Database;

/// What the table of the window filters and sorts by: the last question, lengths, tags, channels
/// that were set by hand, and what checks and models measured.
void makeTableIndexes(Database& database);

/// What filters ask of a row whose number another table gave (the rows themselves are wide), and
/// the members of a group of findings.
void makeNarrowIndex(Database& database);

} // namespace assay
