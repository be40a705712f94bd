#pragma once

namespace assay {

/// In what order a list stands. All but Relevance are read from an index where nothing else chooses
/// the rows; rows that lack the quantity stand last, in the order of import.
enum class SampleOrder {
    Imported, ///< by id, oldest first
    ImportedReverse, ///< by id, newest first
    Relevance, ///< best full-text match first; every hit is scored, so slower. Without a text: by
               ///< id
    Shortest, ///< by code points
    Longest,
    FewestTokens, ///< as the last check counted them
    MostTokens,
    LowestLoss,
    HighestLoss,
    Pending, ///< by status: pending, accepted, rejected
    Rejected, ///< the other way round
    Group, ///< rows of one finding that belong together (duplicates) one after the other; else by
           ///< id
};

} // namespace assay
