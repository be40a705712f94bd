<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Curves</name>
    <message>
        <source>solid line</source>
        <translation>实线</translation>
    </message>
    <message>
        <source>dashed line</source>
        <translation>虚线</translation>
    </message>
    <message>
        <source>dotted line</source>
        <translation>点线</translation>
    </message>
    <message>
        <source>dash-dotted line</source>
        <translation>点划线</translation>
    </message>
    <message>
        <source>line with squares</source>
        <translation>带方块的线</translation>
    </message>
    <message>
        <source>%1 at step %2</source>
        <translation>%1，第 %2 步</translation>
    </message>
</context>
<context>
    <name>Inspect</name>
    <message>
        <source>system</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>developer</source>
        <translation>开发者</translation>
    </message>
    <message>
        <source>user</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>assistant</source>
        <translation>助手</translation>
    </message>
    <message>
        <source>tool result</source>
        <translation>工具结果</translation>
    </message>
</context>
<context>
    <name>SampleView</name>
    <message numerus="yes">
        <source>%n tool call(s)</source>
        <translation>
            <numerusform>%n 个工具调用</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s)</source>
        <translation>
            <numerusform>%Ln 个词元</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln character(s)</source>
        <translation>
            <numerusform>%Ln 个字符</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ScoreLanes</name>
    <message>
        <source>token %1 &apos;%2&apos;</source>
        <translation>词元 %1 &apos;%2&apos;</translation>
    </message>
    <message>
        <source>, no score</source>
        <translation>，无评分</translation>
    </message>
    <message>
        <source>: base probability %1, rank %2; tuned probability %3, rank %4</source>
        <translation>：基座概率 %1，排名 %2；微调概率 %3，排名 %4</translation>
    </message>
    <message>
        <source>; the first choices differ</source>
        <translation>；首选不同</translation>
    </message>
</context>
<context>
    <name>TokenStrip</name>
    <message>
        <source>token %1 &apos;%2&apos;, beyond the model&apos;s context</source>
        <translation>词元 %1 &apos;%2&apos;，超出模型的上下文</translation>
    </message>
    <message>
        <source>token %1 &apos;%2&apos;, no score</source>
        <translation>词元 %1 &apos;%2&apos;，无评分</translation>
    </message>
    <message>
        <source>token %1 &apos;%2&apos;, probability %3, rank %4</source>
        <translation>词元 %1 &apos;%2&apos;，概率 %3，排名 %4</translation>
    </message>
</context>
<context>
    <name>assay::CurvePlot</name>
    <message>
        <source>time since the beginning, h:m:s</source>
        <translation>已用时间，时：分：秒</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>%1: %2 at step %3</source>
        <translation>%1：%2，第 %3 步</translation>
    </message>
    <message>
        <source>not a number</source>
        <translation>非数值</translation>
    </message>
</context>
<context>
    <name>assay::DataTableModel</name>
    <message>
        <source>not told</source>
        <translation>未判定</translation>
    </message>
    <message>
        <source>language: %1</source>
        <translation>语言：%1</translation>
    </message>
</context>
<context>
    <name>assay::FindingChips</name>
    <message>
        <source>error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>What the checks found</source>
        <translation>检查发现的问题</translation>
    </message>
    <message>
        <source>Why this row is flagged</source>
        <translation>此行为何被标出</translation>
    </message>
    <message>
        <source>%1 of the pieces in common with sample %2</source>
        <translation>与样本 %2 共有 %1 的片段</translation>
    </message>
    <message>
        <source>In this row: %1</source>
        <translation>此行中：%1</translation>
    </message>
    <message>
        <source>Rows of the same group (%1 besides this one):</source>
        <translation>同组的其他行（除此行外 %1 行）：</translation>
    </message>
    <message>
        <source>Held-out sample %1</source>
        <translation>留出样本 %1</translation>
    </message>
    <message>
        <source>Sample %1</source>
        <translation>样本 %1</translation>
    </message>
    <message>
        <source>Replace it in this row</source>
        <translation>在此行中替换</translation>
    </message>
    <message>
        <source>An edit that puts a word such as [e-mail] in its place; it can be undone.</source>
        <translation>一次编辑，用 [e-mail] 之类的词取代它；可以撤销。</translation>
    </message>
    <message>
        <source>All rows with this finding</source>
        <translation>所有有此问题的行</translation>
    </message>
</context>
<context>
    <name>assay::HistoryView</name>
    <message>
        <source>accepted</source>
        <translation>已接受</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>rejected: %1</source>
        <translation>已拒绝：%1</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>已编辑</translation>
    </message>
    <message>
        <source>rated %1</source>
        <translation>评分 %1</translation>
    </message>
    <message>
        <source>rated %1 %2</source>
        <translation>评分 %1 %2</translation>
    </message>
    <message>
        <source>labelled a place as %1</source>
        <translation>将一处标为 %1</translation>
    </message>
    <message>
        <source>said: %1</source>
        <translation>备注：%1</translation>
    </message>
    <message>
        <source>adjudicated: %1</source>
        <translation>裁定：%1</translation>
    </message>
    <message>
        <source>undid a decision</source>
        <translation>撤销了一项决定</translation>
    </message>
    <message>
        <source>tagged</source>
        <translation>添加了标记</translation>
    </message>
    <message>
        <source>moved to another channel</source>
        <translation>移到了另一通道</translation>
    </message>
    <message>
        <source>called two answers equal</source>
        <translation>判定两个答案相当</translation>
    </message>
    <message>
        <source>called both answers bad</source>
        <translation>判定两个答案都差</translation>
    </message>
    <message>
        <source>preferred the answer: %1</source>
        <translation>偏好的答案：%1</translation>
    </message>
    <message>
        <source>Nothing was decided about this sample yet.</source>
        <translation>此样本尚无任何决定。</translation>
    </message>
    <message numerus="yes">
        <source>in bulk, with %n sample(s)</source>
        <translation>
            <numerusform>批量，共 %n 个样本</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 s at work</source>
        <translation>用时 %1 秒</translation>
    </message>
    <message>
        <source>guideline %1</source>
        <translation>规范 %1</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>What the edit changed</source>
        <translation>编辑改动的内容</translation>
    </message>
</context>
<context>
    <name>assay::LanesLegend</name>
    <message>
        <source>Legend</source>
        <translation>图例</translation>
    </message>
    <message>
        <source>Underlines tell the base model&apos;s rank of the token: URIAL bands, arXiv 2312.01552. A share of shifted tokens compares with published ones only on the tuned model&apos;s own answer.</source>
        <translation>下划线表示词元在基座模型中的排名：URIAL 分段，arXiv 2312.01552。只有在微调模型自己的答案上，偏移词元的占比才能与已发表的数值比较。</translation>
    </message>
    <message>
        <source>shifted (base rank &gt; 3)</source>
        <translation>偏移（基座排名 &gt; 3）</translation>
    </message>
    <message>
        <source>marginal (2–3)</source>
        <translation>边缘（2–3）</translation>
    </message>
    <message>
        <source>first choices differ</source>
        <translation>首选不同</translation>
    </message>
</context>
<context>
    <name>assay::SampleView</name>
    <message>
        <source>Sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Loss of the answers</source>
        <translation>答案的损失</translation>
    </message>
    <message>
        <source>as is</source>
        <translation>原样</translation>
    </message>
    <message>
        <source>The text exactly as it is trained on</source>
        <translation>与训练所用完全一致的文本</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>The text as Markdown shows it</source>
        <translation>按 Markdown 显示文本</translation>
    </message>
    <message>
        <source>How texts are shown</source>
        <translation>文本的显示方式</translation>
    </message>
    <message>
        <source>scoring under %1…</source>
        <translation>正在用 %1 评分…</translation>
    </message>
    <message numerus="yes">
        <source>scoring under %1: %n token(s)…</source>
        <translation>
            <numerusform>正在用 %1 评分：%n 个词元…</numerusform>
        </translation>
    </message>
    <message>
        <source>no loss: %1</source>
        <translation>无损失：%1</translation>
    </message>
    <message>
        <source>Score again</source>
        <translation>重新评分</translation>
    </message>
    <message>
        <source>Under %1</source>
        <translation>在 %1 下</translation>
    </message>
    <message>
        <source>mean loss %1 under %2, before the edit</source>
        <translation>平均损失 %1（%2），编辑前</translation>
    </message>
    <message>
        <source>mean loss %1 nats under %2</source>
        <translation>平均损失 %1 nat（%2）</translation>
    </message>
    <message>
        <source>%1 : %2</source>
        <translation>%1 : %2</translation>
    </message>
    <message numerus="yes">
        <source>%Ln token(s) without the template</source>
        <translation>
            <numerusform>%Ln 个词元（不含模板）</numerusform>
        </translation>
    </message>
    <message>
        <source>not saved: %1</source>
        <translation>未保存：%1</translation>
    </message>
    <message>
        <source>Tool result as a tree</source>
        <translation>以树形显示工具结果</translation>
    </message>
    <message numerus="yes">
        <source>Show more: %n turn(s) left</source>
        <translation>
            <numerusform>显示更多：还有 %n 个轮次</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n trained turn(s)</source>
        <translation>
            <numerusform>%n 个参与训练的轮次</numerusform>
        </translation>
    </message>
    <message>
        <source>turns %1–%2 · %3</source>
        <translation>轮次 %1–%2 · %3</translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s)</source>
        <translation>
            <numerusform>%n 个工具</numerusform>
        </translation>
    </message>
    <message>
        <source>tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>The tool definitions are not valid JSON: %1</source>
        <translation>工具定义不是有效的 JSON：%1</translation>
    </message>
    <message>
        <source>Tool definitions</source>
        <translation>工具定义</translation>
    </message>
    <message>
        <source>Tool definition</source>
        <translation>工具定义</translation>
    </message>
    <message>
        <source>chosen</source>
        <translation>选中的答案</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>reference answer</source>
        <translation>参考答案</translation>
    </message>
    <message>
        <source>Reference answer</source>
        <translation>参考答案</translation>
    </message>
    <message numerus="yes">
        <source>%n other field(s)</source>
        <translation>
            <numerusform>%n 个其他字段</numerusform>
        </translation>
    </message>
    <message>
        <source>Other fields of the row</source>
        <translation>该行的其他字段</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>对话模板</translation>
    </message>
    <message>
        <source>A conversation becomes text through a template; this model names none that is known here.</source>
        <translation>对话经模板变为文本；此模型未指明此处已知的模板。</translation>
    </message>
    <message>
        <source>%1 with the template %2</source>
        <translation>%1（模板 %2）</translation>
    </message>
    <message>
        <source>Choose a chat template</source>
        <translation>选择对话模板</translation>
    </message>
    <message>
        <source>Template: %1</source>
        <translation>模板：%1</translation>
    </message>
</context>
<context>
    <name>assay::ScoreLanes</name>
    <message>
        <source>base</source>
        <translation>基座</translation>
    </message>
    <message>
        <source>tuned</source>
        <translation>微调</translation>
    </message>
    <message>
        <source>JS, nats</source>
        <translation>JS，nat</translation>
    </message>
    <message>
        <source>KL, nats</source>
        <translation>KL，nat</translation>
    </message>
    <message>
        <source>log2 rank</source>
        <translation>log2 排名</translation>
    </message>
    <message>
        <source>Δ, nats</source>
        <translation>Δ，nat</translation>
    </message>
    <message>
        <source>max %1</source>
        <translation>最大 %1</translation>
    </message>
    <message>
        <source>The text under both models</source>
        <translation>两个模型下的文本</translation>
    </message>
    <message>
        <source>Arrow keys move from token to token; N and P go to the next and previous token where the models&apos; first choices differ.</source>
        <translation>方向键在词元间移动；N 和 P 跳到下一个和上一个两模型首选不同的词元。</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s) before the answer</source>
        <translation>
            <numerusform>答案之前有 %n 个词元</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 · %n token(s)</source>
        <translation>
            <numerusform>%1 · %n 个词元</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n token(s) unchanged</source>
        <translation>
            <numerusform>%n 个词元未变</numerusform>
        </translation>
    </message>
    <message>
        <source>Click to show these tokens</source>
        <translation>点击显示这些词元</translation>
    </message>
</context>
<context>
    <name>assay::StatePage</name>
    <message>
        <source>Working</source>
        <translation>正在处理</translation>
    </message>
</context>
<context>
    <name>assay::StripLegend</name>
    <message>
        <source>surprisal 0</source>
        <translation>意外度 0</translation>
    </message>
    <message>
        <source>10 nats</source>
        <translation>10 nat</translation>
    </message>
    <message>
        <source>entropy 0</source>
        <translation>熵 0</translation>
    </message>
    <message>
        <source>behind the best by 0</source>
        <translation>落后最优 0</translation>
    </message>
    <message>
        <source>rank 1</source>
        <translation>排名 1</translation>
    </message>
    <message>
        <source>over 100 (bands 1, 2–3, 4–10, 11–100)</source>
        <translation>100 以上（分段 1、2–3、4–10、11–100）</translation>
    </message>
    <message>
        <source>base likelier by 5</source>
        <translation>基座更可能，差 5</translation>
    </message>
    <message>
        <source>tuned likelier by 5 nats</source>
        <translation>微调更可能，差 5 nat</translation>
    </message>
    <message>
        <source>Legend: %1 to %2</source>
        <translation>图例：%1 至 %2</translation>
    </message>
</context>
<context>
    <name>assay::StripMinimap</name>
    <message>
        <source>The whole text: each row shows the strongest of its tokens, flags stand on the left. Click to go there.</source>
        <translation>全文：每行显示其中最强的词元，标志在左侧。点击可跳转。</translation>
    </message>
    <message>
        <source>Overview of the text</source>
        <translation>文本概览</translation>
    </message>
</context>
<context>
    <name>assay::TextBlock</name>
    <message>
        <source>Show more: %1 of %2 characters are shown</source>
        <translation>显示更多：已显示 %1 / %2 个字符</translation>
    </message>
</context>
<context>
    <name>assay::TokenStrip</name>
    <message>
        <source>Tokens of the text</source>
        <translation>文本的词元</translation>
    </message>
    <message>
        <source>Arrow keys move from token to token.</source>
        <translation>方向键在词元间移动。</translation>
    </message>
</context>
<context>
    <name>assay::ToolCallView</name>
    <message>
        <source>Tool call %1</source>
        <translation>工具调用 %1</translation>
    </message>
    <message>
        <source>(no name)</source>
        <translation>（无名称）</translation>
    </message>
    <message>
        <source>The arguments are not valid JSON: %1</source>
        <translation>参数不是有效的 JSON：%1</translation>
    </message>
    <message>
        <source>raw</source>
        <translation>原文</translation>
    </message>
    <message>
        <source>Show the arguments of %1 as the row has them</source>
        <translation>按该行原样显示 %1 的参数</translation>
    </message>
    <message>
        <source>tree</source>
        <translation>树形</translation>
    </message>
    <message>
        <source>Arguments</source>
        <translation>参数</translation>
    </message>
</context>
<context>
    <name>assay::TurnEditor</name>
    <message>
        <source>Reasoning</source>
        <translation>推理</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Arguments of %1</source>
        <translation>%1 的参数</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>What the edit changes</source>
        <translation>编辑改动的内容</translation>
    </message>
    <message>
        <source>the arguments of a call are an object: {…}</source>
        <translation>调用的参数应为对象：{…}</translation>
    </message>
    <message>
        <source>Not saved: line %1, column %2 is not valid JSON: %3</source>
        <translation>未保存：第 %1 行第 %2 列不是有效的 JSON：%3</translation>
    </message>
    <message>
        <source>Leave the edit?</source>
        <translation>离开编辑？</translation>
    </message>
    <message>
        <source>The turn was changed and is not saved.</source>
        <translation>该轮次已更改，尚未保存。</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Go on editing</source>
        <translation>继续编辑</translation>
    </message>
</context>
<context>
    <name>assay::TurnView</name>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Edit this turn (%1)</source>
        <translation>编辑此轮次（%1）</translation>
    </message>
    <message>
        <source>Text of the turn (%1)</source>
        <translation>轮次的文本（%1）</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
    <message>
        <source>text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>reasoning · %1</source>
        <translation>推理 · %1</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>推理</translation>
    </message>
    <message>
        <source>trained</source>
        <translation>参与训练</translation>
    </message>
    <message>
        <source>not trained</source>
        <translation>不参与训练</translation>
    </message>
    <message>
        <source>train weight %1</source>
        <translation>训练权重 %1</translation>
    </message>
    <message>
        <source>loss %1 under %2, before the edit</source>
        <translation>损失 %1（%2），编辑前</translation>
    </message>
    <message>
        <source>loss %1 under %2</source>
        <translation>损失 %1（%2）</translation>
    </message>
    <message>
        <source>%1: %2 ✕</source>
        <translation>%1：%2 ✕</translation>
    </message>
    <message>
        <source>Labelled by %1; click to take the label back</source>
        <translation>由 %1 标注；点击撤回标签</translation>
    </message>
    <message>
        <source>Take back the label %1 on %2</source>
        <translation>撤回 %2 上的标签 %1</translation>
    </message>
</context>
</TS>
