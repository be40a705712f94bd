#include "ui/common/export_view.h"
#include "ui/panels/pairs/pairs_panel.h"

namespace assay {

QList<PanelExport> PairsPanel::exports() {
    if (m_queue->count() == 0)
        return {};
    const auto title = [this] {
        return m_queue->setup().kind == PairQueue::Kind::Preference
            ? tr("Preference rows, judged blind")
            : tr("Base against tuned, judged blind");
    };
    const auto write = [this, title](const QString& file) {
        const std::vector<PairTally> tallies = m_queue->tallies();
        const PairQueue::Setup& setup = m_queue->setup();
        if (file.endsWith(QStringLiteral(".json"), Qt::CaseInsensitive)) {
            const Json json = {{"title", title().toStdString()}, {"a", setup.nameA},
                {"b", setup.nameB}, {"pairs", m_queue->count()},
                {"tallies", pairTalliesToJson(tallies)}, {"provenance", setup.provenance}};
            return saveTextFile(QString::fromStdString(dumpJson(json, 2)), file);
        }
        std::vector<std::pair<std::string, std::string>> provenance
            = {{"pairs in the view", std::to_string(m_queue->count())}};
        if (setup.provenance.is_object())
            for (const auto& [label, value] : setup.provenance.items())
                provenance.emplace_back(
                    label, value.is_string() ? value.get<std::string>() : dumpJson(value));
        return saveTextFile(QString::fromStdString(pairReport(title().toStdString(), setup.nameA,
                                setup.nameB, tallies, provenance)),
            file);
    };
    return {{tr("Results of the pairs"), {QStringLiteral("md"), QStringLiteral("json")}, write}};
}

QString PairsPanel::help() const {
    return tr("**Pairs** shows two answers to one question, side by side and blind: which answer "
              "stands on which side is drawn for every annotator and sample, and recorded with the "
              "decision.\n\n"
              "1 or ← chooses the left one, 2 or → the right one, 3 calls it a tie, 4 says that "
              "both are bad; U takes the last decision back, S skips, Backspace goes back. D "
              "underlines the words that only one of the two has.\n\n"
              "After a decision the line below says what the answer was called in the data, and, "
              "with Margin on, how much more probable one was than the other under the model "
              "chosen in the window. **Results** counts wins for each annotator: the win rate "
              "leaves out ties and both bad, and its interval is Wilson's (95 %).");
}

} // namespace assay
