/** The attributes of a view that say what it shows; `theme` is a matter of its styles. */
export const attributes = ['config', 'pinned', 'link', 'view', 'controls', 'playground'] as const;

/** The values of a view's attributes; null or undefined where it has none. */
export type Given = { readonly [Name in (typeof attributes)[number]]?: string | null };
