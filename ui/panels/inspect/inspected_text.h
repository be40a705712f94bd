#pragma once

#include "ui/panels/inspect/kept_branches.h"
#include "ui/service/engine_models.h"

#include <QTimer>

#include <map>

namespace assay {

/// The text in view with its branches and what two models say of them: asks the engine, keeps the
/// answers, and says when something has come. Scores the branch in view under the active model
/// first, then under the other. Window's thread.
class InspectedText final : public QObject {
    Q_OBJECT

public:
    struct Models {
        std::array<ModelChoice, 2> byRole; ///< empty where none is chosen
        ModelRole active = ModelRole::Tuned;
        QString templateName; ///< empty for the model's own
        const ModelChoice& of(ModelRole role) const { return byRole[std::size_t(role)]; }
        bool operator==(const Models&) const = default;
    };

    InspectedText(EngineModels* models, QObject* parent = nullptr);

    /// Scores of models that are no longer chosen are asked anew; branches stay.
    void setModels(const Models& models);
    const Models& models() const { return m_models; }

    /// Nothing is in view any more; branches are kept for when their text is shown again.
    void clear();
    /// A text: `input` is {"text": ..} or {"messages": ..}; with the branches that it had when it
    /// was left. A prompt is answered at once.
    void show(Branch::Kind kind, Json input, std::vector<QString> titles);
    /// Asks for what the branch in view lacks; after a failure or a cancel only this asks again.
    void resume();

    const BranchTree& tree() const { return m_tree; }
    int currentId() const { return m_current; }
    const Branch* current() const { return m_tree.find(m_current); }
    void setCurrent(int id);
    void remove(int id);

    /// Scores of the branch in view under the active model; null while there are none.
    const ScoreRecord* record() const;
    /// Under the other model; null where there is none.
    const ScoreRecord* otherRecord() const;
    /// Whether both read the same ids, so that their numbers can be compared token by token.
    bool comparable() const;

    /// Everything that a request of ours is under way for.
    bool isBusy() const { return !m_requests.empty(); }
    bool isGenerating() const;
    /// Number of tokens scored so far of the branch in view, while it is scored.
    qint64 progress() const { return m_progress; }
    /// Stops what is under way; tokens that have come stay.
    void cancel();

    /// Puts an alternative in the place of a token and lets the active model go on. -1 where the
    /// alternative is not known there.
    int takeAlternative(
        int token, int id, const QString& piece, const GenerationSettings& settings);
    /// Puts text in the place of a token and what follows, and lets the active model go on.
    void forceText(int token, const QString& text, const GenerationSettings& settings);
    /// Lets the model of a role go on after the first `keep` tokens.
    int continueAfter(int keep, ModelRole writer, const GenerationSettings& settings);
    /// The same conversation or text with other words, scored as a whole.
    int edit(Json input, std::vector<QString> titles);
    /// What the active model would say greedily after an alternative; `previewed` answers.
    void preview(int token, int id, int maxNew = 20);

Q_SIGNALS:
    /// Branches came, went, or changed their line.
    void treeChanged();
    /// Tokens or numbers of the branch in view changed; at most some twenty times a second.
    void textChanged();
    /// Another branch is in view.
    void currentChanged();
    void failed(const Error& error);
    void previewed(const QString& text);
    /// Something began or ended.
    void busyChanged();

private:
    struct Request {
        int branch = -1;
        std::optional<ModelRole> scores; ///< the role whose scores are asked for
        bool generates = false;
    };
    void ask();
    void scoreBranch(Branch& branch, ModelRole role);
    void sendScore(int branch, ModelRole role, Json input, bool keepStructure);
    void takeScores(int branch, ModelRole role, Result<ScoreRecord> result, bool keepStructure);
    void generate(Branch& branch);
    void addToken(int branch, ScoreRecord::Token token);
    void generated(int branch, const Result<EngineModels::Generated>& result);
    Branch* branchFrom(int keep, std::vector<ScoreRecord::Token> forced, ModelRole writer,
        Branch::Kind kind, const GenerationSettings& settings);
    bool isComplete(const Branch& branch, ModelRole role) const;
    bool isAsked(int branch, ModelRole role) const;
    void note(quint64 number, Request request);
    void done(quint64 number);
    void announce();

    EngineModels* m_engine;
    Models m_models;
    void takeBack(KeptBranches::Kept kept);
    /// A branch that only a model no longer chosen has read has lost its tokens.
    void dropLost();

    BranchTree m_tree;
    KeptBranches m_kept;
    int m_current = -1;
    std::map<quint64, Request> m_requests;
    quint64 m_preview = 0;
    qint64 m_progress = 0;
    bool m_paused = false; ///< cancelled or failed: nothing is asked by itself
    QTimer m_soon; ///< gathers tokens that come fast
};

ModelRole otherRole(ModelRole role);

} // namespace assay
