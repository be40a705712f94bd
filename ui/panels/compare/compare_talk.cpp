#include "ui/common/error_text.h"
#include "ui/common/score_lanes/score_lanes.h"
#include "ui/panels/compare/cell_card.h"
#include "ui/panels/compare/compare_panel.h"
#include "ui/panels/compare/continuations.h"

// What both models say at one place of the text.

namespace assay {

void ComparePanel::continueFrom(int cell) {
    if (!m_record || cell < 0 || cell >= int(m_lanes->text().cells.size()))
        return;
    for (quint64& talking : m_talking) {
        if (talking != 0)
            m_talk.cancel(talking);
        talking = 0;
    }
    const LanesText& text = m_lanes->text();
    const LaneCell& at = text.cells[std::size_t(cell)];
    QByteArray before;
    for (int i = 0; i < at.tunedBegin; ++i)
        if (text.tuned[std::size_t(i)].answer)
            before += text.tuned[std::size_t(i)].bytes;
    m_continuations->start(cell, QString::fromUtf8(before).right(80));
    const auto idsBefore = [](const PairedRecord::Side& side, int end) {
        std::vector<int> ids;
        for (int i = 0; i < end; ++i)
            ids.push_back(side.scores.tokens[std::size_t(i)].id);
        return ids;
    };
    startContinuation(ModelRole::Base, idsBefore(m_record->base, at.baseBegin));
    startContinuation(ModelRole::Tuned, idsBefore(m_record->tuned, at.tunedBegin));
}

void ComparePanel::startContinuation(ModelRole role, std::vector<int> ids) {
    constexpr int length = 64;
    if (ids.empty())
        return m_continuations->setState(role, tr("nothing stands before it"));
    const int slot = role == ModelRole::Base ? 0 : 1;
    m_continuations->setState(role, tr("waiting"));
    const Json params = {{"ids", ids}, {"max_new", length}, {"stop", m_record->stop}};
    m_talking[slot] = m_talk.generate(
        m_selection->model(role).folder, params, this,
        [this, role](const QString& words) {
            m_continuations->setState(role, tr("speaking"));
            m_continuations->addText(role, words);
        },
        [this, role, slot](Result<Json> answer) {
            m_talking[slot] = 0;
            if (!answer)
                return m_continuations->setState(role, errorMessage(answer.error()));
            if ((*answer)["text"].is_string())
                m_continuations->setText(
                    role, QString::fromStdString((*answer)["text"].get<std::string>()));
            const bool ended = answer->value("ended", std::string()) == "end_token";
            m_continuations->setState(
                role, ended ? tr("ends here") : tr("cut at %n token(s)", nullptr, length));
        });
}

void ComparePanel::namePieces(bool tuned, const std::vector<int>& ids) {
    if (m_models->session()->state() != EngineSession::State::Ready)
        return;
    const ModelChoice model = m_selection->model(tuned ? ModelRole::Tuned : ModelRole::Base);
    m_models->acquire(model.folder, this, [this, tuned, ids](Result<LoadedModel> loaded) {
        if (!loaded)
            return;
        m_models->pieces(
            loaded->handle, ids, this, [this, tuned, ids](const std::vector<std::string>& pieces) {
                m_cell->setPieces(tuned, ids, pieces);
            });
    });
}

} // namespace assay
