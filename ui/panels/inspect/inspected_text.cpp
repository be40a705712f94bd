#include "ui/panels/inspect/inspected_text.h"

#include <algorithm>
#include <cmath>

namespace assay {

namespace {

constexpr int alternativesPerToken = 20;
constexpr int gatherMs = 50;

std::string tokenizerOf(const ScoreRecord& record) {
    const auto model
        = record.provenance.is_object() ? record.provenance.find("model") : record.provenance.end();
    return model != record.provenance.end() && model->is_object()
        ? model->value("tokenizer_hash", std::string())
        : std::string();
}

/// The numbers of `from` for the tokens of `to`; where the ids part, nothing more.
void copyScores(ScoreRecord& to, const ScoreRecord& from, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < std::min({end, to.tokens.size(), from.tokens.size()}); ++i) {
        ScoreRecord::Token& token = to.tokens[i];
        const ScoreRecord::Token& source = from.tokens[i];
        if (token.id != source.id)
            return;
        token.scored = source.scored;
        token.logprob = source.logprob;
        token.rank = source.rank;
        token.entropy = source.entropy;
        token.varentropy = source.varentropy;
        token.margin = source.margin;
        token.top = source.top;
    }
}

void forgetScores(ScoreRecord& record, std::size_t begin) {
    for (std::size_t i = begin; i < record.tokens.size(); ++i) {
        record.tokens[i].scored = false;
        record.tokens[i].top.clear();
    }
}

/// Ids that go on from a text bear no template of their own: that of the text stays.
void takeProvenance(ScoreRecord& record, const Json& provenance) {
    Json chat;
    if (record.provenance.is_object())
        chat = record.provenance.value("template", Json());
    record.provenance = provenance;
    if (chat.is_object() && record.provenance.is_object()
        && !record.provenance.value("template", Json()).is_object())
        record.provenance["template"] = std::move(chat);
}

} // namespace

ModelRole otherRole(ModelRole role) {
    return role == ModelRole::Base ? ModelRole::Tuned : ModelRole::Base;
}

InspectedText::InspectedText(EngineModels* models, QObject* parent)
    : QObject(parent)
    , m_engine(models) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(gatherMs);
    connect(&m_soon, &QTimer::timeout, this, [this] {
        Q_EMIT textChanged();
        Q_EMIT treeChanged();
    });
}

void InspectedText::setModels(const Models& models) {
    if (models == m_models)
        return;
    const bool retemplated = models.templateName != m_models.templateName;
    for (const ModelRole role : {ModelRole::Base, ModelRole::Tuned}) {
        if (models.of(role).folder == m_models.of(role).folder && !retemplated)
            continue;
        for (auto& [id, branch] : m_tree) {
            const bool rendered = !branch.input.is_null();
            if (retemplated && !rendered)
                continue;
            branch.scores[std::size_t(role)].reset();
            branch.scoredBy[std::size_t(role)].clear();
        }
        for (auto it = m_requests.begin(); it != m_requests.end();)
            if (it->second.scores == role || it->second.generates) {
                m_engine->cancel(it->first);
                if (Branch* branch = m_tree.find(it->second.branch))
                    branch->state = it->second.generates ? Branch::State::Stopped : branch->state;
                it = m_requests.erase(it);
            } else {
                ++it;
            }
    }
    dropLost();
    m_models = models;
    m_paused = false;
    announce();
    Q_EMIT treeChanged();
    ask();
}

void InspectedText::clear() {
    for (const auto& [number, request] : m_requests)
        m_engine->cancel(number);
    m_requests.clear();
    if (m_preview != 0)
        m_engine->cancel(std::exchange(m_preview, 0));
    m_kept.keep(std::exchange(m_tree, {}), m_current, m_models.templateName);
    m_current = -1;
    m_paused = false;
    m_soon.stop();
    Q_EMIT treeChanged();
    Q_EMIT currentChanged();
    Q_EMIT busyChanged();
}

void InspectedText::show(Branch::Kind kind, Json input, std::vector<QString> titles) {
    clear();
    if (auto kept = m_kept.take(kind, input)) {
        takeBack(std::move(*kept));
    } else {
        Branch root;
        root.kind = kind;
        root.input = std::move(input);
        root.titles = std::move(titles);
        m_current = m_tree.add(std::move(root)).id;
    }
    Q_EMIT treeChanged();
    Q_EMIT currentChanged();
    ask();
}

/// What models said that are no longer chosen is forgotten, and with it the tokens that only they
/// have read.
void InspectedText::takeBack(KeptBranches::Kept kept) {
    m_tree = std::move(kept.tree);
    m_current = kept.current;
    const bool retemplated = kept.templateName != m_models.templateName;
    for (const ModelRole role : {ModelRole::Base, ModelRole::Tuned})
        for (auto& [id, branch] : m_tree)
            if (branch.scoredBy[std::size_t(role)] != m_models.of(role).folder
                || (retemplated && !branch.input.is_null())) {
                branch.scores[std::size_t(role)].reset();
                branch.scoredBy[std::size_t(role)].clear();
            }
    dropLost();
}

void InspectedText::dropLost() {
    std::vector<int> lost;
    for (auto& [id, branch] : m_tree)
        if (branch.input.is_null() && !branch.scores[0] && !branch.scores[1])
            lost.push_back(id);
    for (const int id : lost)
        m_tree.remove(id);
    if (!m_tree.find(m_current))
        m_current = m_tree.rootId();
}

void InspectedText::resume() {
    m_paused = false;
    if (Branch* branch = m_tree.find(m_current))
        branch->error.reset();
    ask();
}

void InspectedText::setCurrent(int id) {
    if (id == m_current || !m_tree.find(id))
        return;
    m_current = id;
    Q_EMIT currentChanged();
    ask();
}

void InspectedText::remove(int id) {
    const Branch* branch = m_tree.find(id);
    if (!branch || branch->isRoot())
        return;
    const int parent = branch->parent;
    m_tree.remove(id);
    for (auto it = m_requests.begin(); it != m_requests.end();)
        if (!m_tree.find(it->second.branch)) {
            m_engine->cancel(it->first);
            it = m_requests.erase(it);
        } else {
            ++it;
        }
    Q_EMIT busyChanged();
    Q_EMIT treeChanged();
    if (!m_tree.find(m_current)) {
        m_current = parent;
        Q_EMIT currentChanged();
        ask();
    }
}

const ScoreRecord* InspectedText::record() const {
    const Branch* branch = current();
    return branch ? branch->record(m_models.active) : nullptr;
}

const ScoreRecord* InspectedText::otherRecord() const {
    const Branch* branch = current();
    return branch ? branch->record(otherRole(m_models.active)) : nullptr;
}

bool InspectedText::comparable() const {
    const ScoreRecord* one = record();
    const ScoreRecord* other = otherRecord();
    return one && other && one->tokens.size() == other->tokens.size()
        && std::ranges::equal(
            one->tokens, other->tokens, {}, &ScoreRecord::Token::id, &ScoreRecord::Token::id);
}

bool InspectedText::isGenerating() const {
    return std::ranges::any_of(
        m_requests, [](const auto& entry) { return entry.second.generates; });
}

void InspectedText::cancel() {
    for (const auto& [number, request] : m_requests) {
        m_engine->cancel(number);
        if (Branch* branch = m_tree.find(request.branch);
            branch && branch->state == Branch::State::Generating) {
            branch->state = Branch::State::Stopped;
            branch->ended.clear();
        }
    }
    m_requests.clear();
    if (m_preview != 0)
        m_engine->cancel(std::exchange(m_preview, 0));
    m_paused = true;
    announce();
    Q_EMIT treeChanged();
    Q_EMIT busyChanged();
}

bool InspectedText::isComplete(const Branch& branch, ModelRole role) const {
    const ScoreRecord* record = branch.record(role);
    if (!record || branch.scoredBy[std::size_t(role)] != m_models.of(role).folder)
        return false;
    const std::size_t end = std::min(record->scored, record->tokens.size());
    return std::all_of(record->tokens.begin() + (end > 0 ? 1 : 0),
        record->tokens.begin() + std::ptrdiff_t(end),
        [](const ScoreRecord::Token& token) { return token.scored; });
}

bool InspectedText::isAsked(int branch, ModelRole role) const {
    return std::ranges::any_of(m_requests, [&](const auto& entry) {
        return entry.second.branch == branch && entry.second.scores == role;
    });
}

void InspectedText::note(quint64 number, Request request) {
    m_requests.emplace(number, request);
    Q_EMIT busyChanged();
}

void InspectedText::done(quint64 number) {
    m_requests.erase(number);
    Q_EMIT busyChanged();
}

void InspectedText::announce() {
    m_soon.stop();
    Q_EMIT textChanged();
}

/// The branch in view under the active model, then under the other one.
void InspectedText::ask() {
    Branch* branch = m_tree.find(m_current);
    if (!branch || m_paused || branch->state == Branch::State::Generating)
        return;
    for (const ModelRole role : {m_models.active, otherRole(m_models.active)}) {
        if (m_models.of(role).isEmpty() || isComplete(*branch, role))
            continue;
        if (role != m_models.active
            && m_models.of(role).folder == m_models.of(m_models.active).folder)
            continue;
        if (!isAsked(branch->id, role))
            scoreBranch(*branch, role);
        return; // one after the other: the first is what the person waits for
    }
    if (!record())
        return;
    if (branch->kind == Branch::Kind::Prompt && m_tree.order().size() == 1
        && branch->state == Branch::State::Waiting) {
        branch->state = Branch::State::Ready;
        continueAfter(int(record()->tokens.size()), m_models.active, branch->settings);
        return;
    }
    if (branch->state == Branch::State::Waiting)
        branch->state = Branch::State::Ready;
}

void InspectedText::scoreBranch(Branch& branch, ModelRole role) {
    const ScoreRecord* known = branch.record(role);
    const bool own = known != nullptr; // its tokens are there, some of its numbers are not
    if (!known)
        known = branch.record(otherRole(role));
    if (!known)
        return sendScore(branch.id, role, branch.input, false);
    if (own)
        return sendScore(branch.id, role, {{"ids", known->ids()}}, true);
    // Another model reads the same ids where it has the same vocabulary; else it reads the text.
    note(m_engine->load(m_models.of(role).folder, this,
             [this, id = branch.id, role](quint64 request, Result<LoadedModel> model) {
                 done(request);
                 Branch* branch = m_tree.find(id);
                 const ScoreRecord* other = branch ? branch->record(otherRole(role)) : nullptr;
                 if (!other)
                     return;
                 if (!model)
                     return takeScores(id, role, forward(model), false);
                 const bool same
                     = model->info.value("tokenizer_hash", std::string()) == tokenizerOf(*other);
                 if (same)
                     sendScore(id, role, {{"ids", other->ids()}}, true);
                 else if (!branch->input.is_null())
                     sendScore(id, role, branch->input, false);
                 else
                     sendScore(id, role,
                         {{"text",
                             textOfTokens(*other, 0, int(other->tokens.size())).toStdString()}},
                         false);
             }),
        {branch.id, role, false});
}

void InspectedText::sendScore(int id, ModelRole role, Json input, bool keepStructure) {
    const Branch* branch = m_tree.find(id);
    if (!branch)
        return;
    m_progress = 0;
    EngineModels::Scoring scoring{m_models.of(role).folder, m_models.templateName, std::move(input),
        alternativesPerToken, branch->kind == Branch::Kind::Prompt && !keepStructure};
    auto number = std::make_shared<quint64>(0);
    *number = m_engine->score(
        scoring, this,
        [this, id](qint64 tokens) {
            if (id != m_current)
                return;
            m_progress = tokens;
            if (!record())
                Q_EMIT busyChanged();
        },
        [this, id, role, keepStructure, number](Result<ScoreRecord> result) {
            done(*number);
            takeScores(id, role, std::move(result), keepStructure);
        });
    note(*number, {id, role, false});
}

void InspectedText::takeScores(
    int id, ModelRole role, Result<ScoreRecord> result, bool keepStructure) {
    Branch* branch = m_tree.find(id);
    if (!branch)
        return;
    if (!result) {
        m_paused = true;
        // The other model's numbers are an addition: without them the text still stands.
        if (role == m_models.active || !branch->record(m_models.active)) {
            branch->error = result.error();
            if (branch->state == Branch::State::Waiting)
                branch->state = Branch::State::Failed;
            Q_EMIT failed(result.error());
        }
        Q_EMIT treeChanged();
        return;
    }
    auto& place = branch->scores[std::size_t(role)];
    branch->scoredBy[std::size_t(role)] = m_models.of(role).folder;
    if (keepStructure) {
        // Ids alone carry neither turns nor what is an answer: those stay from whoever read them
        // first.
        const auto& other = branch->scores[std::size_t(otherRole(role))];
        if (!place && other) {
            place = other;
            forgetScores(*place, 0);
        }
        if (place) {
            copyScores(*place, *result, 0, place->tokens.size());
            place->scored = place->tokens.size() > result->tokens.size() ? place->tokens.size()
                                                                         : result->scored;
            takeProvenance(*place, result->provenance);
        }
    }
    if (!place || !keepStructure)
        place = std::move(*result);
    if (branch->kind == Branch::Kind::Forced && role == branch->writer) {
        branch->cost = forcedCost(*place, branch->at, branch->at + branch->forced);
    }
    if (branch->state == Branch::State::Waiting && branch->kind != Branch::Kind::Prompt)
        branch->state = Branch::State::Ready;
    if (id == m_current)
        announce();
    Q_EMIT treeChanged();
    ask();
}

Branch* InspectedText::branchFrom(int keep, std::vector<ScoreRecord::Token> forced,
    ModelRole writer, Branch::Kind kind, const GenerationSettings& settings) {
    const Branch* from = m_tree.find(m_current);
    Branch* parent = m_tree.find(m_current);
    const ScoreRecord* source = record() ? record() : otherRecord();
    if (!parent || !source || keep < 0 || keep > int(source->tokens.size()))
        return nullptr;
    // Words that replace what a branch began with are no branch of it, but of what it came from.
    while (!parent->isRoot() && parent->kind != Branch::Kind::Edit && keep <= parent->at)
        parent = m_tree.find(parent->parent);
    Branch branch;
    branch.parent = parent->id;
    branch.kind = kind;
    branch.at = keep;
    branch.forced = int(forced.size());
    branch.writer = writer;
    branch.writerName = m_models.of(writer).name;
    branch.settings = settings;
    branch.titles = parent->titles;
    // The new words take the place of old ones, or follow the last of them.
    int message = -1;
    bool answer = false;
    if (keep < int(source->tokens.size())) {
        message = source->tokens[std::size_t(keep)].message;
        answer = source->tokens[std::size_t(keep)].answer;
    } else if (parent->kind == Branch::Kind::Prompt) {
        message = int(branch.titles.size());
        answer = true;
        branch.titles.push_back(tr("assistant"));
    } else if (!source->tokens.empty()) {
        message = source->tokens.back().message;
        answer = source->tokens.back().answer;
    }
    for (ScoreRecord::Token& token : forced) {
        token.message = message;
        token.answer = answer;
    }
    for (const ModelRole role : {ModelRole::Base, ModelRole::Tuned}) {
        const ScoreRecord* known = from->record(role);
        if (role == writer && !known)
            known = source;
        if (!known || (role != writer && role != m_models.active))
            continue;
        ScoreRecord start = *known;
        start.tokens.resize(std::min(start.tokens.size(), std::size_t(keep)));
        if (known != from->record(role))
            forgetScores(start, 0);
        const std::size_t own = start.tokens.size();
        start.tokens.insert(start.tokens.end(), forced.begin(), forced.end());
        if (role != m_models.active)
            forgetScores(start, own);
        start.scored = start.tokens.size();
        start.text.clear();
        branch.scores[std::size_t(role)] = std::move(start);
        branch.scoredBy[std::size_t(role)] = m_models.of(role).folder;
    }
    m_paused = false;
    Branch& added = m_tree.add(std::move(branch));
    m_current = added.id;
    return &added;
}

int InspectedText::takeAlternative(
    int token, int id, const QString& piece, const GenerationSettings& settings) {
    const ScoreRecord* source = record();
    if (!source || token <= 0 || token >= int(source->tokens.size()))
        return -1;
    const ScoreRecord::Token& place = source->tokens[std::size_t(token)];
    const auto found = std::ranges::find(place.top, id, &std::pair<int, double>::first);
    if (found == place.top.end())
        return -1;
    // The distribution is the same, so everything about the alternative is known already.
    ScoreRecord::Token forced = place;
    const bool best = found == place.top.begin();
    forced.id = id;
    forced.logprob = found->second;
    forced.rank = 1;
    for (const auto& [other, logprob] : place.top)
        forced.rank += logprob > found->second;
    const double rival
        = best ? (place.top.size() > 1 ? place.top[1].second : std::nan("")) : place.top[0].second;
    forced.margin = found->second - rival;
    forced.control = false;
    forced.frame = false;
    const double cost = place.top[0].second - found->second;
    Branch* branch
        = branchFrom(token, {forced}, m_models.active, Branch::Kind::Alternative, settings);
    if (!branch)
        return -1;
    branch->what = piece;
    branch->cost = cost;
    const int made = branch->id;
    // Its bytes are the engine's to tell.
    note(m_engine->bytesOf(m_models.of(m_models.active).folder, {id}, this,
             [this, made, token](quint64 request, Result<std::vector<EngineModels::Piece>> pieces) {
                 done(request);
                 Branch* branch = m_tree.find(made);
                 if (!branch || !pieces || pieces->size() != 1)
                     return;
                 for (auto& held : branch->scores)
                     if (held && token < int(held->tokens.size())) {
                         held->tokens[std::size_t(token)].bytes = (*pieces)[0].bytes;
                         held->tokens[std::size_t(token)].piece = (*pieces)[0].display;
                         held->tokens[std::size_t(token)].control = (*pieces)[0].bytes.empty();
                     }
                 m_soon.start();
             }),
        {made, std::nullopt, false});
    generate(*branch);
    Q_EMIT treeChanged();
    Q_EMIT currentChanged();
    return made;
}

void InspectedText::forceText(int token, const QString& text, const GenerationSettings& settings) {
    const ScoreRecord* source = record();
    if (!source || token < 0 || token > int(source->tokens.size()) || text.isEmpty())
        return;
    std::vector<int> before = source->ids();
    before.resize(std::size_t(token));
    const int parent = m_current;
    auto number = std::make_shared<quint64>(0);
    *number
        = m_engine->tokenize(m_models.of(m_models.active).folder, text.toStdString(), before, this,
            [this, parent, token, text, settings, number](Result<EngineModels::Tokenized> tokens) {
                done(*number);
                if (!tokens)
                    return Q_EMIT failed(tokens.error());
                if (m_current != parent)
                    return;
                std::vector<ScoreRecord::Token> forced;
                for (std::size_t i = 0; i < tokens->ids.size(); ++i) {
                    ScoreRecord::Token made;
                    made.id = tokens->ids[i];
                    if (i < tokens->pieces.size())
                        made.piece = tokens->pieces[i];
                    if (i < tokens->bytes.size())
                        made.bytes = tokens->bytes[i];
                    forced.push_back(std::move(made));
                }
                Branch* branch = branchFrom(
                    token, std::move(forced), m_models.active, Branch::Kind::Forced, settings);
                if (!branch)
                    return;
                branch->what = text;
                branch->natural = tokens->natural;
                branch->cost = std::nan("");
                // The forced words are scored at once; going on does not wait for their numbers.
                sendScore(branch->id, branch->writer,
                    {{"ids", branch->record(branch->writer)->ids()}}, true);
                generate(*branch);
                Q_EMIT treeChanged();
                Q_EMIT currentChanged();
            });
    note(*number, {m_current, std::nullopt, false});
}

int InspectedText::continueAfter(int keep, ModelRole writer, const GenerationSettings& settings) {
    Branch* branch = branchFrom(keep, {}, writer, Branch::Kind::Continuation, settings);
    if (!branch)
        return -1;
    const int made = branch->id;
    generate(*branch);
    Q_EMIT treeChanged();
    Q_EMIT currentChanged();
    return made;
}

int InspectedText::edit(Json input, std::vector<QString> titles) {
    if (!m_tree.find(m_current))
        return -1;
    Branch branch;
    branch.parent = m_current;
    branch.kind = Branch::Kind::Edit;
    branch.input = std::move(input);
    branch.titles = std::move(titles);
    branch.cost = std::nan("");
    m_paused = false;
    m_current = m_tree.add(std::move(branch)).id;
    Q_EMIT treeChanged();
    Q_EMIT currentChanged();
    ask();
    return m_current;
}

void InspectedText::preview(int token, int id, int maxNew) {
    const ScoreRecord* source = record();
    if (!source || token <= 0 || token > int(source->tokens.size()))
        return;
    if (m_preview != 0)
        m_engine->cancel(m_preview);
    EngineModels::Generating generating;
    generating.folder = m_models.of(m_models.active).folder;
    generating.ids = source->ids();
    generating.ids.resize(std::size_t(token));
    generating.ids.push_back(id);
    generating.stop = source->stop;
    generating.maxNew = maxNew;
    generating.top = 0;
    auto bytes = std::make_shared<std::string>();
    m_preview = m_engine->generate(
        generating, this,
        [this, bytes](const ScoreRecord::Token& next) {
            *bytes += next.bytes;
            Q_EMIT previewed(QString::fromUtf8(bytes->data(), qsizetype(bytes->size())));
        },
        [this](const Result<EngineModels::Generated>& result) {
            m_preview = 0;
            if (!result)
                Q_EMIT failed(result.error());
        });
}

void InspectedText::generate(Branch& branch) {
    branch.state = Branch::State::Generating;
    const ScoreRecord& start = *branch.record(branch.writer);
    EngineModels::Generating generating;
    generating.folder = m_models.of(branch.writer).folder;
    generating.ids = start.ids();
    generating.stop = start.stop;
    generating.maxNew = branch.settings.maxNew;
    generating.temperature = branch.settings.temperature;
    generating.topP = branch.settings.topP;
    generating.seed = branch.settings.seed;
    generating.top = alternativesPerToken;
    auto number = std::make_shared<quint64>(0);
    *number = m_engine->generate(
        generating, this,
        [this, id = branch.id](ScoreRecord::Token token) { addToken(id, std::move(token)); },
        [this, id = branch.id, number](const Result<EngineModels::Generated>& result) {
            done(*number);
            generated(id, result);
        });
    note(*number, {branch.id, std::nullopt, true});
}

void InspectedText::addToken(int id, ScoreRecord::Token token) {
    Branch* branch = m_tree.find(id);
    if (!branch)
        return;
    auto& record = branch->scores[std::size_t(branch->writer)];
    const Branch* parent = m_tree.find(branch->parent);
    const ScoreRecord* model = parent ? parent->record(branch->writer) : nullptr;
    if (!model && parent)
        model = parent->record(otherRole(branch->writer));
    if (int(record->tokens.size()) > branch->at) {
        token.message = record->tokens.back().message;
        token.answer = record->tokens.back().answer;
    } else if (model && branch->at < int(model->tokens.size())) {
        token.message = model->tokens[std::size_t(branch->at)].message;
        token.answer = model->tokens[std::size_t(branch->at)].answer;
    } else if (parent && parent->kind == Branch::Kind::Prompt) {
        token.message = int(branch->titles.size()) - 1;
        token.answer = true;
    } else if (!record->tokens.empty()) {
        token.message = record->tokens.back().message;
        token.answer = record->tokens.back().answer;
    }
    record->tokens.push_back(std::move(token));
    record->scored = record->tokens.size();
    if (!m_soon.isActive())
        m_soon.start();
}

void InspectedText::generated(int id, const Result<EngineModels::Generated>& result) {
    Branch* branch = m_tree.find(id);
    if (!branch)
        return;
    if (result) {
        branch->state = Branch::State::Ready;
        branch->ended = QString::fromStdString(result->ended);
        if (result->provenance.is_object()) {
            auto& record = branch->scores[std::size_t(branch->writer)];
            takeProvenance(*record, result->provenance);
        }
        // Under the model that did not write it only the beginning is known.
        auto& other = branch->scores[std::size_t(otherRole(branch->writer))];
        const auto& own = branch->scores[std::size_t(branch->writer)];
        if (other && tokenizerOf(*other) == tokenizerOf(*own)) {
            ScoreRecord whole = *own;
            forgetScores(whole, 0);
            copyScores(whole, *other, 0, other->tokens.size());
            whole.provenance = other->provenance;
            other = std::move(whole);
        } else if (other) {
            other.reset();
        }
    } else {
        branch->state = Branch::State::Failed;
        branch->error = result.error();
        m_paused = true;
        Q_EMIT failed(result.error());
    }
    if (id == m_current)
        announce();
    Q_EMIT treeChanged();
    ask();
}

} // namespace assay
