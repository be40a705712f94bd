#pragma once

#include "ui/common/sample_view/turn_view.h"
#include "ui/service/score_record.h"

#include <map>

namespace assay {

/// The losses of a sample's trained turns from a score of it (`sampleInput`): means of minus
/// log-probability over the tokens of each answer, and where in the content the surprising tokens
/// stand. Turns of a chosen answer come after the messages.
std::map<TurnPlace, TurnLoss> lossOfTurns(
    const ScoreRecord& record, const Sample& sample, const QString& model);

/// Mean over all answer tokens; nothing when there are none.
std::optional<double> answerLoss(const ScoreRecord& record);

/// "sft-run-7 · step-600": the model and, of a checkpoint folder, its step.
QString modelWithCheckpoint(const QString& name, const QString& folder);

} // namespace assay
