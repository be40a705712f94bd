#include "ui/common/sample_view/code_highlighter.h"

#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QSet>
#include <QTextDocument>

#include <array>

namespace assay {

namespace {

struct Language {
    QStringList names; ///< as they stand behind a fence
    QSet<QString> words;
    QString lineComment;
    QString commentBegin;
    QString commentEnd;
};

QSet<QString> wordSet(const char* words) {
    const QStringList list = QString::fromLatin1(words).split(QLatin1Char(' '));
    return {list.begin(), list.end()};
}

QStringList names(const char* text) {
    return QString::fromLatin1(text).split(QLatin1Char(' '));
}

/// The last one stands for every language that is not known.
const std::vector<Language>& languages() {
    const QString slashes = QStringLiteral("//");
    const QString open = QStringLiteral("/*");
    const QString close = QStringLiteral("*/");
    static const std::vector<Language> list = {
        {names("python py python3"),
            wordSet(
                "and as assert async await break class continue def del elif else except False "
                "finally for from global if import in is lambda None nonlocal not or pass raise "
                "return self True try while with yield match case"),
            QStringLiteral("#"), {}, {}},
        {names("javascript js typescript ts jsx tsx"),
            wordSet("async await break case catch class const continue default delete do else "
                    "export extends false finally for from function if import in instanceof "
                    "interface let new null of return static super switch this throw true try type "
                    "typeof undefined var void while yield"),
            slashes, open, close},
        {names("c cpp c++ cc h hpp java csharp c# cs go golang rust rs kotlin swift php scala"),
            wordSet(
                "abstract auto bool boolean break byte case catch char class const constexpr "
                "continue default defer delete do double else enum explicit extends false final "
                "float fn for func fun go goto if impl implements import in include inline int "
                "interface let long match mod mut namespace new nil null nullptr operator "
                "override package private protected pub public return self short signed sizeof "
                "static string struct super switch template this throw trait true try type "
                "typedef typename union unsigned use using val var virtual void volatile where "
                "while"),
            slashes, open, close},
        {names("json jsonc"), wordSet("true false null"), {}, {}, {}},
        {names("bash sh shell zsh console"),
            wordSet("if then else elif fi for in do done while until case esac function return "
                    "local export echo cd exit set source"),
            QStringLiteral("#"), {}, {}},
        {names("sql mysql postgresql sqlite"),
            wordSet(
                "select from where and or not in is null insert into values update set delete "
                "create table index view drop alter join left right inner outer on group by "
                "order having limit offset as distinct union all case when then else end like "
                "between primary key SELECT FROM WHERE AND OR NOT IN IS NULL INSERT INTO VALUES "
                "UPDATE SET DELETE CREATE TABLE INDEX VIEW DROP ALTER JOIN LEFT RIGHT INNER "
                "OUTER ON GROUP BY ORDER HAVING LIMIT OFFSET AS DISTINCT UNION ALL CASE WHEN "
                "THEN ELSE END LIKE BETWEEN PRIMARY KEY"),
            QStringLiteral("--"), open, close},
        {names("html xml svg"), {}, {}, QStringLiteral("<!--"), QStringLiteral("-->")},
        {names("css"), {}, {}, open, close},
        {names("yaml yml toml ini r ruby rb perl makefile dockerfile"),
            wordSet("true false null yes no end def if else for while in function return"),
            QStringLiteral("#"), {}, {}},
        {{}, {}, {}, {}, {}},
    };
    return list;
}

int languageOf(const QString& name) {
    const QString wanted = name.trimmed().toLower();
    for (std::size_t i = 0; i < languages().size(); ++i)
        if (languages()[i].names.contains(wanted))
            return int(i);
    return int(languages().size()) - 1;
}

// A block's state: -1 outside code, else the language doubled, plus one inside a comment.
constexpr int outside = -1;

bool isFence(const QString& text) {
    const QString start = text.trimmed();
    return start.startsWith(QLatin1String("```")) || start.startsWith(QLatin1String("~~~"));
}

} // namespace

CodeHighlighter::CodeHighlighter(QTextDocument* document, const QString& language)
    : QSyntaxHighlighter(document)
    , m_whole(language) { }

void CodeHighlighter::highlightBlock(const QString& text) {
    const int before = previousBlockState();
    const bool inComment = before >= 0 && before % 2 == 1;
    if (!m_whole.isEmpty())
        return highlightCode(text, languageOf(m_whole), inComment);
    const QTextBlockFormat block = currentBlock().blockFormat();
    if (block.hasProperty(QTextFormat::BlockCodeFence)
        || block.hasProperty(QTextFormat::BlockCodeLanguage)) {
        const QString name = block.stringProperty(QTextFormat::BlockCodeLanguage);
        return highlightCode(text, languageOf(name), inComment);
    }
    if (isFence(text)) {
        QTextCharFormat fence;
        fence.setForeground(tokens().secondary);
        setFormat(0, int(text.size()), fence);
        QString name = text.trimmed().mid(3);
        const qsizetype blank = name.indexOf(QLatin1Char(' '));
        if (blank >= 0)
            name.truncate(blank);
        setCurrentBlockState(before == outside ? languageOf(name) * 2 : outside);
        return;
    }
    if (before == outside) {
        setCurrentBlockState(outside);
        return;
    }
    highlightCode(text, before / 2, inComment);
}

void CodeHighlighter::highlightCode(const QString& text, int number, bool inComment) {
    const Language& language = languages()[std::size_t(number)];
    const DesignTokens& colours = tokens();
    QTextCharFormat plain;
    plain.setFontFamilies(monoFont().families());
    QTextCharFormat comment = plain;
    comment.setForeground(colours.secondary);
    comment.setFontItalic(true);
    QTextCharFormat quoted = plain;
    quoted.setForeground(colours.right);
    QTextCharFormat word = plain;
    word.setForeground(colours.accent);
    setFormat(0, int(text.size()), plain);

    const auto startsAt = [&text](qsizetype i, const QString& mark) {
        return !mark.isEmpty() && QStringView(text).mid(i).startsWith(mark);
    };
    qsizetype i = 0;
    while (i < text.size()) {
        if (inComment) {
            const qsizetype end = text.indexOf(language.commentEnd, i);
            const qsizetype stop = end < 0 ? text.size() : end + language.commentEnd.size();
            setFormat(int(i), int(stop - i), comment);
            inComment = end < 0;
            i = stop;
        } else if (startsAt(i, language.commentBegin)) {
            inComment = true;
        } else if (startsAt(i, language.lineComment)) {
            setFormat(int(i), int(text.size() - i), comment);
            break;
        } else if (text[i] == QLatin1Char('"') || text[i] == QLatin1Char('\'')
            || text[i] == QLatin1Char('`')) {
            qsizetype end = i + 1;
            while (end < text.size() && text[end] != text[i])
                end += text[end] == QLatin1Char('\\') ? 2 : 1;
            // An apostrophe that nothing closes is no string.
            if (end >= text.size() && text[i] == QLatin1Char('\'')) {
                ++i;
                continue;
            }
            end = std::min(end + 1, text.size());
            setFormat(int(i), int(end - i), quoted);
            i = end;
        } else if (text[i].isLetter() || text[i] == QLatin1Char('_')) {
            qsizetype end = i;
            while (end < text.size()
                && (text[end].isLetterOrNumber() || text[end] == QLatin1Char('_')))
                ++end;
            if (language.words.contains(text.mid(i, end - i)))
                setFormat(int(i), int(end - i), word);
            i = end;
        } else {
            ++i;
        }
    }
    setCurrentBlockState(number * 2 + (inComment ? 1 : 0));
}

} // namespace assay
